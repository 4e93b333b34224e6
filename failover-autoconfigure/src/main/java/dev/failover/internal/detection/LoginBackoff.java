package dev.failover.internal.detection;

import java.time.Duration;

/**
 * Spaces out the logins of the probes while the server refuses them: the pause doubles
 * from the interval of the probes up to {@value #MOST_SECONDS} seconds, and ends with the
 * first login that works. Servers and directories lock accounts, and write a line for
 * each wrong login. Thread-safe.
 */
final class LoginBackoff {

	static final long MOST_SECONDS = 30;

	/** Least time between two logins that a wake-up or an overlapping probe causes. */
	static final Duration LEAST = Duration.ofSeconds(2);

	private static final Duration MOST = Duration.ofSeconds(MOST_SECONDS);

	/**
	 * Part of the time that logins of one kind may take: each costs a server a process,
	 * many times what a probe costs, just when it may have a promotion to do.
	 */
	private static final int DIVISOR = 4;

	/** Number of doublings after which any interval has reached the longest pause. */
	private static final int MOST_DOUBLINGS = 12;

	private final Duration interval;

	private int refused;

	private long lastTry;

	private boolean everTried;

	/**
	 * Creates a backoff without a refused login.
	 * @param interval period of the probes
	 */
	LoginBackoff(Duration interval) {
		this.interval = interval;
	}

	/**
	 * Returns the pause from the beginning of a login to that of the next one.
	 * @param login time that the login took
	 */
	static Duration pauseAfter(Duration login, Duration least, Duration most) {
		return NodeProber.clamp(login.multipliedBy(DIVISOR), least, most);
	}

	/**
	 * Records that a login begins.
	 */
	synchronized void tried(long nanos) {
		this.lastTry = nanos;
		this.everTried = true;
	}

	/**
	 * Records that the server accepted a login.
	 */
	synchronized void accepted() {
		this.refused = 0;
	}

	/**
	 * Records that the server refused a login.
	 */
	synchronized void refused() {
		this.refused++;
	}

	/**
	 * Returns whether the last login that the server answered was refused.
	 */
	synchronized boolean isRefused() {
		return this.refused > 0;
	}

	/**
	 * Returns the pause before the next login.
	 */
	synchronized Duration pause() {
		if (this.refused == 0) {
			return this.interval;
		}
		Duration doubled = this.interval.multipliedBy(1L << Math.min(this.refused - 1, MOST_DOUBLINGS));
		Duration most = (MOST.compareTo(this.interval) > 0) ? MOST : this.interval;
		return (doubled.compareTo(most) > 0) ? most : doubled;
	}

	/**
	 * Returns the nanoseconds since the last login began.
	 */
	synchronized long sinceLastTry(long nanos) {
		return this.everTried ? nanos - this.lastTry : Long.MAX_VALUE;
	}

	/**
	 * Returns whether another login would be one too many at that time.
	 */
	synchronized boolean isTooSoon(long nanos) {
		return this.refused > 0 && nanos - this.lastTry < LEAST.toNanos();
	}

}
