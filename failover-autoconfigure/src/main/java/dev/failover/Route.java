package dev.failover;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Where work goes. Immutable: replaced whole, never edited.
 *
 * @param writes node for writes, or null when no node takes them
 * @param reads node for reads, or null when there is none
 * @param mode what the application can do through it
 * @param epoch number of the route; 0 before the first decision, +1 at each change
 * @param since when it came to be
 * @param cause why it came to be
 */
public record Route(@Nullable Node writes, @Nullable Node reads, Mode mode, long epoch, Instant since, Cause cause) {

	public Route {
		if (epoch < 0) {
			throw new IllegalArgumentException("An epoch is never negative, but was " + epoch);
		}
	}

	/**
	 * The route before the first decision: nothing is routed yet.
	 */
	public static Route undecided(Instant now) {
		return new Route(null, null, Mode.UNAVAILABLE, 0, now, Cause.STARTUP);
	}

	/**
	 * The route that follows this one.
	 */
	public Route next(@Nullable Node writes, @Nullable Node reads, Mode mode, Instant since, Cause cause) {
		return new Route(writes, reads, mode, this.epoch + 1, since, cause);
	}

	/**
	 * Whether the first decision has been made.
	 */
	public boolean decided() {
		return this.epoch > 0;
	}

	/**
	 * The node that plain connections go to: the one for writes, or in {@code READ_ONLY}
	 * the one for reads.
	 */
	public @Nullable Node serving() {
		return (this.writes != null) ? this.writes : this.reads;
	}

	/**
	 * The node for that access, or null when there is none.
	 */
	public @Nullable Node target(Access access) {
		return (access == Access.WRITES) ? this.writes : this.reads;
	}

	/**
	 * Whether any work goes to that node.
	 */
	public boolean uses(Node node) {
		return node.equals(this.writes) || node.equals(this.reads);
	}

}
