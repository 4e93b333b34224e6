package dev.failover.internal.policy;

import java.util.Objects;

import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.Route;
import org.jspecify.annotations.Nullable;

/**
 * The route that should be.
 *
 * @param writes node for writes, or null
 * @param reads node for reads, or null
 * @param mode its mode
 * @param cause why
 * @param evidence what was seen, in a sentence
 */
public record Decision(@Nullable Node writes, @Nullable Node reads, Mode mode, Cause cause, String evidence) {

	/**
	 * Whether it is the same as the current route.
	 */
	public boolean matches(Route route) {
		return route.decided() && Objects.equals(this.writes, route.writes())
				&& Objects.equals(this.reads, route.reads()) && this.mode == route.mode();
	}

}
