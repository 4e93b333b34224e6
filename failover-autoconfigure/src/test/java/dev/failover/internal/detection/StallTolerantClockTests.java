package dev.failover.internal.detection;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class StallTolerantClockTests {

	private static final long TIMEOUT = Duration.ofSeconds(1).toNanos();

	private final PacedQueue queue = new PacedQueue();

	private final StallTolerantClock clock = new StallTolerantClock(
			new ProbeClock(Clock.systemUTC(), () -> this.queue.now));

	@Test
	void waitsForAsLongAsItIsAsked() throws Exception {
		assertThat(this.clock.poll(this.queue, TIMEOUT)).isNull();
		assertThat(this.clock.now()).isEqualTo(TIMEOUT);
		assertThat(this.queue.now).isEqualTo(TIMEOUT);
	}

	@Test
	void doesNotCountAStopOfOurs() throws Exception {
		this.queue.stops.add(Duration.ofMinutes(10));
		assertThat(this.clock.poll(this.queue, TIMEOUT)).isNull();
		assertThat(this.clock.now()).isBetween(TIMEOUT, TIMEOUT + Duration.ofMillis(100).toNanos());
		assertThat(this.queue.now).isGreaterThan(Duration.ofMinutes(10).toNanos() + TIMEOUT * 8 / 10);
	}

	@Test
	void hearsAnAnswerThatCameWhileWeStood() throws Exception {
		this.queue.stops.add(Duration.ofMinutes(10));
		this.queue.answerAfterStop = "answer";
		assertThat(this.clock.poll(this.queue, TIMEOUT)).isEqualTo("answer");
		assertThat(this.clock.now()).isLessThan(TIMEOUT / 2);
	}

	@Test
	void looksOnceWhenThereIsNoTimeLeft() throws Exception {
		this.queue.add("answer");
		assertThat(this.clock.poll(this.queue, -1)).isEqualTo("answer");
		assertThat(this.clock.poll(this.queue, 0)).isNull();
	}

	@Test
	void goesOnFromWhereItWas() throws Exception {
		this.clock.poll(this.queue, TIMEOUT);
		this.clock.poll(this.queue, TIMEOUT);
		assertThat(this.clock.now()).isEqualTo(2 * TIMEOUT);
	}

	/**
	 * A queue in which time passes as the test says: as long as it is polled, plus the
	 * stops.
	 */
	private static final class PacedQueue extends LinkedBlockingQueue<String> {

		private static final long serialVersionUID = 1L;

		private transient long now;

		private final transient Deque<Duration> stops = new ArrayDeque<>();

		private transient @Nullable String answerAfterStop;

		@Override
		public @Nullable String poll(long timeout, TimeUnit unit) {
			this.now += unit.toNanos(timeout);
			Duration stop = this.stops.poll();
			if (stop != null) {
				this.now += stop.toNanos();
				return this.answerAfterStop;
			}
			return poll();
		}

	}

}
