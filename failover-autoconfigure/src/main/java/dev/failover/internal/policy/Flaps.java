package dev.failover.internal.policy;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How often the preferred node was lost again soon after the route had returned to it.
 *
 * @param count flaps in a row
 * @param returnedAt when the route last returned to it, or null if never
 */
public record Flaps(int count, @Nullable Instant returnedAt) {

	public static final Flaps NONE = new Flaps(0, null);

	/** More doublings than this change nothing. */
	private static final int MAX_DOUBLINGS = 6;

	private static final int MAX_RECOVERY_DOUBLINGS = 2;

	/** A loss later than this many minimum stays after the return is no flap. */
	private static final int WINDOW = 10;

	public Flaps returned(Instant at) {
		return new Flaps(this.count, at);
	}

	public Flaps lost(Instant at, Duration minStay) {
		boolean soon = this.returnedAt != null && at.isBefore(this.returnedAt.plus(minStay.multipliedBy(WINDOW)));
		return new Flaps(soon ? this.count + 1 : 0, this.returnedAt);
	}

	/**
	 * The minimum stay on another node, doubled with each flap.
	 */
	public Duration stay(Duration minStay) {
		return minStay.multipliedBy(1L << Math.min(this.count, MAX_DOUBLINGS));
	}

	/**
	 * How long the node must wait before writes return to it while no other takes them:
	 * not at all at first, then doubling, and never long, for nothing is written
	 * meanwhile.
	 */
	public Duration recovery(Duration recoveryStay) {
		return (this.count == 0) ? Duration.ZERO
				: recoveryStay.multipliedBy(1L << Math.min(this.count - 1, MAX_RECOVERY_DOUBLINGS));
	}

}
