package dev.failover.internal.policy;

import java.util.Objects;

import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.Route;
import org.jspecify.annotations.Nullable;

/**
 * Route that the policy decided on.
 *
 * @param writes node for writes, or null
 * @param reads node for reads, or null
 * @param mode mode of the route
 * @param cause cause of the route
 * @param evidence observations that led to the decision, in a sentence
 */
public record Decision(@Nullable Node writes, @Nullable Node reads, Mode mode, Cause cause, String evidence) {

	/**
	 * Returns whether it equals the current route.
	 */
	public boolean matches(Route route) {
		return route.decided() && Objects.equals(this.writes, route.writes())
				&& Objects.equals(this.reads, route.reads()) && this.mode == route.mode();
	}

}
