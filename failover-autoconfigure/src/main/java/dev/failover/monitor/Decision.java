package dev.failover.monitor;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.failover.topology.Cause;
import dev.failover.topology.Mode;
import dev.failover.topology.Node;
import dev.failover.topology.Route;

/**
 * The route that should be.
 *
 * @param writes node for writes, or null
 * @param reads node for reads, or null
 * @param mode its mode
 * @param cause why
 * @param evidence what was seen, in a sentence
 */
record Decision(@Nullable Node writes, @Nullable Node reads, Mode mode, Cause cause, String evidence) {

	/**
	 * Whether it is the same as the current route.
	 */
	boolean matches(Route route) {
		return route.decided() && Objects.equals(this.writes, route.writes())
				&& Objects.equals(this.reads, route.reads()) && this.mode == route.mode();
	}

}
