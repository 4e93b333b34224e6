package dev.failover.internal.policy;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Flapping of the preferred node: the number of times in a row that it was lost soon
 * after the route had returned to it.
 *
 * @param count flaps in a row
 * @param returnedAt time at which the route last returned to it, or null if never
 */
public record Flaps(int count, @Nullable Instant returnedAt) {

	public static final Flaps NONE = new Flaps(0, null);

	/** More doublings than this change nothing. */
	private static final int MAX_DOUBLINGS = 6;

	private static final int MAX_RECOVERY_DOUBLINGS = 2;

	/** A loss later than this many minimum stays after the return is not a flap. */
	private static final int WINDOW = 10;

	/**
	 * Returns the count after the route has returned to the node.
	 */
	public Flaps returned(Instant at) {
		return new Flaps(this.count, at);
	}

	/**
	 * Returns the count after the node was lost: one more if that was soon after the
	 * return, else none.
	 */
	public Flaps lost(Instant at, Duration minStay) {
		boolean soon = this.returnedAt != null && at.isBefore(this.returnedAt.plus(minStay.multipliedBy(WINDOW)));
		return new Flaps(soon ? this.count + 1 : 0, this.returnedAt);
	}

	/**
	 * Returns the minimum stay on another node, doubled with each flap.
	 */
	public Duration stay(Duration minStay) {
		return minStay.multipliedBy(1L << Math.min(this.count, MAX_DOUBLINGS));
	}

	/**
	 * Returns the time for which the node must stay up before writes return to it, while
	 * no other node takes them. It is zero without flaps and doubles with each flap, up
	 * to a limit because no writes are possible in that time.
	 */
	public Duration recovery(Duration recoveryStay) {
		return (this.count == 0) ? Duration.ZERO
				: recoveryStay.multipliedBy(1L << Math.min(this.count - 1, MAX_RECOVERY_DOUBLINGS));
	}

}
