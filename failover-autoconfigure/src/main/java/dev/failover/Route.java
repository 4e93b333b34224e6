package dev.failover;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Nodes that serve the application. Immutable: replaced whole, never edited.
 *
 * @param writes node for writes, or null when no node takes them
 * @param reads nodes for reads, in order of preference; empty when there is none
 * @param mode work that the application can do by it
 * @param epoch number of the route; 0 before the first decision, +1 at each change
 * @param since time at which it was published
 * @param cause reason for which it was published
 */
public record Route(@Nullable Node writes, List<Node> reads, Mode mode, long epoch, Instant since, Cause cause) {

	public Route {
		reads = List.copyOf(reads);
		if (epoch < 0) {
			throw new IllegalArgumentException("An epoch must not be negative, but was " + epoch);
		}
	}

	/**
	 * Returns the route before the first decision, without any node.
	 */
	public static Route undecided(Instant now) {
		return new Route(null, List.of(), Mode.UNAVAILABLE, 0, now, Cause.STARTUP);
	}

	/**
	 * Returns the route that follows this one.
	 */
	public Route next(@Nullable Node writes, List<Node> reads, Mode mode, Instant since, Cause cause) {
		return new Route(writes, reads, mode, this.epoch + 1, since, cause);
	}

	/**
	 * Returns whether the first decision has been made.
	 */
	public boolean decided() {
		return this.epoch > 0;
	}

	/**
	 * Returns the node for connections that are not declared read-only: the one for
	 * writes or, in mode {@code READ_ONLY}, the first one for reads.
	 */
	public @Nullable Node serving() {
		if (this.writes != null || this.reads.isEmpty()) {
			return this.writes;
		}
		return this.reads.get(0);
	}

	/**
	 * Returns whether any work goes to a node.
	 */
	public boolean uses(Node node) {
		return node.equals(this.writes) || this.reads.contains(node);
	}

}
