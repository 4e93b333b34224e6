package dev.failover.internal.policy;

import java.util.List;

import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.Node;
import org.jspecify.annotations.Nullable;

/**
 * Route that the policy decided on.
 *
 * @param writes node for writes, or null
 * @param reads nodes for reads, in order of preference
 * @param mode mode of the route
 * @param cause cause of the route
 * @param evidence observations that led to the decision, in a sentence
 */
public record Decision(@Nullable Node writes, List<Node> reads, Mode mode, Cause cause, String evidence) {

}
