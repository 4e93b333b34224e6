package dev.failover;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Nodes that serve the application. Immutable: replaced whole, never edited.
 *
 * @param writes node for writes, or null when no node takes them
 * @param reads node for reads, or null when there is none
 * @param mode work that the application can do by it
 * @param epoch number of the route; 0 before the first decision, +1 at each change
 * @param since time at which it was published
 * @param cause reason for which it was published
 */
public record Route(@Nullable Node writes, @Nullable Node reads, Mode mode, long epoch, Instant since, Cause cause) {

	public Route {
		if (epoch < 0) {
			throw new IllegalArgumentException("An epoch must not be negative, but was " + epoch);
		}
	}

	/**
	 * Returns the route before the first decision, without any node.
	 */
	public static Route undecided(Instant now) {
		return new Route(null, null, Mode.UNAVAILABLE, 0, now, Cause.STARTUP);
	}

	/**
	 * Returns the route that follows this one.
	 */
	public Route next(@Nullable Node writes, @Nullable Node reads, Mode mode, Instant since, Cause cause) {
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
	 * writes or, in mode {@code READ_ONLY}, the one for reads.
	 */
	public @Nullable Node serving() {
		return (this.writes != null) ? this.writes : this.reads;
	}

	/**
	 * Returns whether any work goes to a node.
	 */
	public boolean uses(Node node) {
		return node.equals(this.writes) || node.equals(this.reads);
	}

}
