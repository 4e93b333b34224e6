package dev.failover.internal.detection;

import java.time.Duration;

/**
 * Deadline of one attempt, which counts only the silence of the server. Processor time
 * that the attempt's own thread takes, to load and compile the classes of the first login
 * or because it hardly gets a processor, moves the deadline. A thread that does not wait
 * when the deadline passes gets another one: it could not have heard an answer.
 * <p>
 * Confined to the prober's thread. All times are those of a {@link StallTolerantClock}.
 */
final class AnswerDeadline {

	/**
	 * Least processor time between two looks that counts as work. A probe on a known
	 * connection takes less in all.
	 */
	private static final long WORK = Duration.ofMillis(1).toNanos();

	/**
	 * Most processor time that is granted: more than a first login takes. A server that
	 * sends without an end is silent after that.
	 */
	private static final long MOST_WORK = Duration.ofSeconds(5).toNanos();

	/** Longest life of an attempt, in deadlines. */
	static final int LONGEST = 30;

	private final AttemptThread worker;

	private final long timeout;

	private final long latest;

	private long deadline;

	private long lookedAt;

	private long worked;

	/**
	 * Creates the deadline of an attempt that starts now.
	 * @param timeout longest silence
	 */
	AnswerDeadline(AttemptThread worker, Duration timeout, long now) {
		this.worker = worker;
		this.timeout = timeout.toNanos();
		this.latest = now + LONGEST * this.timeout;
		this.deadline = now + this.timeout;
		this.lookedAt = now;
	}

	/**
	 * Returns the time at which the attempt counts as silent, as far as is known.
	 */
	long time() {
		return this.deadline;
	}

	/**
	 * Looks at what the thread has done since the last look. If it has worked, the
	 * silence began after that.
	 */
	void look(long now) {
		long total = this.worker.processorTime();
		long fresh = total - this.worked;
		if (fresh >= WORK && total <= MOST_WORK) {
			extend(Math.min(this.lookedAt + fresh, now));
		}
		this.worked = total;
		this.lookedAt = now;
	}

	/**
	 * Returns whether the server was silent for too long.
	 */
	boolean hasPassed(long now) {
		if (now >= this.deadline && now < this.latest && !this.worker.isWaiting()) {
			extend(now);
		}
		return now >= this.deadline;
	}

	private void extend(long silentSince) {
		this.deadline = Math.max(this.deadline, Math.min(silentSince + this.timeout, this.latest));
	}

}
