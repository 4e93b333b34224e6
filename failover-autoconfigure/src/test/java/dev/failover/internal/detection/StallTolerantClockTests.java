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

/**
 * Tests for {@link StallTolerantClock}.
 */
final class StallTolerantClockTests {

	private static final long TIMEOUT = Duration.ofSeconds(1).toNanos();

	private final SimulatedTimeQueue queue = new SimulatedTimeQueue();

	private final StallTolerantClock clock = new StallTolerantClock(
			new ProbeClock(Clock.systemUTC(), () -> this.queue.now));

	@Test
	void waitsForTheRequestedTime() throws Exception {
		assertThat(poll(TIMEOUT)).isNull();
		assertThat(this.clock.now()).isEqualTo(TIMEOUT);
		assertThat(this.queue.now).isEqualTo(TIMEOUT);
	}

	@Test
	void doesNotCountAStallOfTheJvm() throws Exception {
		this.queue.stalls.add(Duration.ofMinutes(10));
		assertThat(poll(TIMEOUT)).isNull();
		assertThat(this.clock.now()).isBetween(TIMEOUT, TIMEOUT + Duration.ofMillis(100).toNanos());
		assertThat(this.queue.now).isGreaterThan(Duration.ofMinutes(10).toNanos() + TIMEOUT * 8 / 10);
	}

	@Test
	void returnsAnElementThatArrivedDuringAStall() throws Exception {
		this.queue.stalls.add(Duration.ofMinutes(10));
		this.queue.elementAfterStall = "element";
		assertThat(poll(TIMEOUT)).isEqualTo("element");
		assertThat(this.clock.now()).isLessThan(TIMEOUT / 2);
	}

	@Test
	void pollsOnceIfNoTimeIsLeft() throws Exception {
		this.queue.add("element");
		assertThat(poll(-1)).isEqualTo("element");
		assertThat(poll(0)).isNull();
	}

	@Test
	void countsTheTimeOfAllWaits() throws Exception {
		poll(TIMEOUT);
		poll(TIMEOUT);
		assertThat(this.clock.now()).isEqualTo(2 * TIMEOUT);
	}

	/**
	 * With a quota of 5 % a thread runs for 5 ms, then waits for the next period.
	 */
	@Test
	void countsLittleOfWaitsThatEndLate() throws Exception {
		for (int i = 0; i < 20; i++) {
			this.queue.stalls.add(Duration.ofMillis(45));
		}
		for (int i = 0; i < 20; i++) {
			this.clock.poll(this.queue, TIMEOUT);
		}
		assertThat(this.queue.now).isEqualTo(Duration.ofMillis(1_900).toNanos());
		assertThat(this.clock.now()).isEqualTo(Duration.ofMillis(100).toNanos());
	}

	@Test
	void endsAlsoIfEachWaitEndsLate() throws Exception {
		for (int i = 0; i < 10_000; i++) {
			this.queue.stalls.add(Duration.ofMillis(95));
		}
		assertThat(poll(TIMEOUT)).isNull();
		assertThat(this.clock.now()).isGreaterThanOrEqualTo(TIMEOUT);
		assertThat(this.queue.now).isLessThan(Duration.ofMinutes(1).toNanos());
	}

	@Test
	void countsTheDelaysOfABusyMachine() throws Exception {
		for (int i = 0; i < 100; i++) {
			this.queue.stalls.add(Duration.ofMillis(10));
		}
		assertThat(poll(TIMEOUT)).isNull();
		assertThat(this.clock.now()).isEqualTo(this.queue.now);
	}

	private @Nullable String poll(long nanos) throws InterruptedException {
		long until = this.clock.now() + nanos;
		String element;
		do {
			element = this.clock.poll(this.queue, until - this.clock.now());
		}
		while (element == null && this.clock.now() < until);
		return element;
	}

	/**
	 * Queue with a simulated clock: each poll takes its whole time-out, plus the next
	 * stall.
	 */
	private static final class SimulatedTimeQueue extends LinkedBlockingQueue<String> {

		private static final long serialVersionUID = 1L;

		private transient long now;

		private final transient Deque<Duration> stalls = new ArrayDeque<>();

		private transient @Nullable String elementAfterStall;

		@Override
		public @Nullable String poll(long timeout, TimeUnit unit) {
			this.now += unit.toNanos(timeout);
			Duration stall = this.stalls.poll();
			if (stall != null) {
				this.now += stall.toNanos();
				return this.elementAfterStall;
			}
			return poll();
		}

	}

}
