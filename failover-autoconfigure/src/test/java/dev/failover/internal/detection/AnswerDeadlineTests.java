package dev.failover.internal.detection;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AnswerDeadline}.
 */
final class AnswerDeadlineTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	private static final int SLICE = 50;

	private final SimulatedWorker worker = new SimulatedWorker();

	private final AnswerDeadline deadline = new AnswerDeadline(this.worker, TIMEOUT, 0);

	private long now;

	@Test
	void aSilentServerHasTheTimeoutAndNoMore() {
		assertThat(silentAfter()).isEqualTo(1_000);
	}

	@Test
	void theFewInstructionsOfAProbeDoNotMoveIt() {
		this.worker.work(Duration.ofNanos(900_000));
		assertThat(silentAfter()).isEqualTo(1_000);
	}

	@Test
	void theSilenceBeginsWhenTheFirstLoginHasLoadedItsClasses() {
		for (int i = 0; i < 8; i++) {
			this.worker.work(Duration.ofMillis(SLICE));
			look();
		}
		assertThat(silentAfter()).isEqualTo(1_400);
	}

	/**
	 * A thread among many gets a processor for a moment now and then.
	 */
	@Test
	void aThreadThatHardlyGetsAProcessorIsNotSilent() {
		for (int i = 0; i < 100; i++) {
			this.worker.work(Duration.ofMillis((i % 10 == 0) ? 3 : 0));
			look();
			assertThat(this.deadline.hasPassed(this.now)).isFalse();
		}
	}

	@Test
	void aThreadThatDoesNotWaitCannotHearAnAnswer() {
		this.worker.waiting = false;
		pass(3_000);
		assertThat(this.deadline.hasPassed(this.now)).isFalse();
		this.worker.waiting = true;
		assertThat(silentAfter()).isEqualTo(4_000);
	}

	@Test
	void aThreadThatNeverWaitsIsSilentAtLast() {
		this.worker.waiting = false;
		assertThat(silentAfter()).isEqualTo(30_000);
	}

	@Test
	void aServerThatSendsWithoutAnEndIsSilentAtLast() {
		while (!this.deadline.hasPassed(this.now) && this.now < Duration.ofMinutes(1).toNanos()) {
			this.worker.work(Duration.ofMillis(SLICE));
			look();
		}
		assertThat(millis()).isEqualTo(6_000);
	}

	private long silentAfter() {
		while (!this.deadline.hasPassed(this.now)) {
			look();
		}
		return millis();
	}

	private void pass(long millis) {
		for (long past = 0; past < millis; past += SLICE) {
			look();
			this.deadline.hasPassed(this.now);
		}
	}

	private void look() {
		this.now += Duration.ofMillis(SLICE).toNanos();
		this.deadline.look(this.now);
	}

	private long millis() {
		return Duration.ofNanos(this.now).toMillis();
	}

	/**
	 * Thread that waits and works as a test says.
	 */
	private static final class SimulatedWorker extends AttemptThread {

		private boolean waiting = true;

		private long worked;

		void work(Duration time) {
			this.worked += time.toNanos();
		}

		@Override
		long processorTime() {
			return this.worked;
		}

		@Override
		boolean isWaiting() {
			return this.waiting;
		}

	}

}
