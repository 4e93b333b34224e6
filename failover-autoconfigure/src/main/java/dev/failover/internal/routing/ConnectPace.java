package dev.failover.internal.routing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Spaces the logins of a pool that could give way: after a change of the route, a pool
 * that no work goes to would take the processors of its server from the work on the
 * others. After each login it pauses for nine times as long, up to a limit, unless work
 * is expected there soon. Confined to the thread of the pool that connects, except for
 * {@link #expectWork}.
 */
final class ConnectPace {

	/** Pause after a login, as a multiple of the time that it took. */
	private static final int PAUSE_FACTOR = 9;

	/** Longest pause between two logins: a pool of 16 is full after 9 seconds. */
	private static final Duration LONGEST = Duration.ofMillis(500);

	/** Time after which the end of a pause is noticed. */
	private static final Duration STEP = Duration.ofMillis(5);

	private final BooleanSupplier givesWay;

	private volatile boolean workExpected;

	private long end;

	private long took;

	/**
	 * Creates a pace.
	 * @param givesWay returns whether others need the processors more at this moment
	 */
	ConnectPace(BooleanSupplier givesWay) {
		this.givesWay = givesWay;
	}

	/**
	 * Blocks the caller until the next login is due, the pool no longer gives way, or the
	 * thread is interrupted, whose flag stays set.
	 * @param needed returns whether somebody waits for the pool
	 */
	void await(BooleanSupplier needed) {
		long pause = Math.min(this.took * PAUSE_FACTOR, LONGEST.toNanos());
		while (pause > 0 && System.nanoTime() - this.end < pause && !this.workExpected && this.givesWay.getAsBoolean()
				&& !needed.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
			LockSupport.parkNanos(STEP.toNanos());
		}
	}

	/**
	 * Records whether work may go to the pool at any moment.
	 */
	void expectWork(boolean expected) {
		this.workExpected = expected;
	}

	/**
	 * Records a login that has ended.
	 * @param begun {@link System#nanoTime()} of its beginning
	 */
	void connected(long begun) {
		this.end = System.nanoTime();
		this.took = this.end - begun;
	}

}
