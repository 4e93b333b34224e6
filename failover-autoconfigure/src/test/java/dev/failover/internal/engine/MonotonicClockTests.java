package dev.failover.internal.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

import dev.failover.FailoverState;
import dev.failover.FailoverStateFixture;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MonotonicClock} and {@link TimeOfDay}.
 */
final class MonotonicClockTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final SettableClock wall = new SettableClock();

	private long nanos;

	private final MonotonicClock clock = new MonotonicClock(this.wall, () -> this.nanos);

	@Test
	void followsElapsedTimeWhenTheTimeOfDayIsSet() {
		Instant start = this.clock.instant();
		assertThat(start).isEqualTo(this.wall.now);
		pass(SECOND);
		this.wall.now = this.wall.now.minus(HOUR);
		assertThat(this.clock.instant()).isEqualTo(start.plus(SECOND));
		pass(SECOND);
		assertThat(this.clock.instant()).isEqualTo(start.plus(SECOND).plus(SECOND));
		assertThat(this.clock.offset()).isEqualTo(HOUR.negated());
	}

	@Test
	void aStateIsShownInTheTimeOfDay() {
		FailoverState state = FailoverStateFixture.normal();
		FailoverState shown = new TimeOfDay(HOUR).of(state);
		assertThat(shown.route().since()).isEqualTo(state.route().since().plus(HOUR));
		assertThat(shown.changes().get(0).at()).isEqualTo(state.changes().get(0).at().plus(HOUR));
		assertThat(shown.nodes().get(1).since()).isEqualTo(state.nodes().get(1).since().plus(HOUR));
		assertThat(sampledAt(shown)).isEqualTo(sampledAt(state).plus(HOUR));
		assertThat(new TimeOfDay(HOUR.negated()).of(shown)).isEqualTo(state);
	}

	@Test
	void aSmallOffsetIsIgnored() {
		FailoverState state = FailoverStateFixture.normal();
		assertThat(new TimeOfDay(Duration.ofMillis(-999)).of(state)).isSameAs(state);
	}

	private static Instant sampledAt(FailoverState state) {
		return Objects.requireNonNull(state.nodes().get(1).replication()).sampledAt();
	}

	private void pass(Duration time) {
		this.nanos += time.toNanos();
		this.wall.now = this.wall.now.plus(time);
	}

	/**
	 * Clock that a test sets.
	 */
	private static final class SettableClock extends Clock {

		private Instant now = Instant.parse("2026-11-22T10:00:00Z");

		@Override
		public Instant instant() {
			return this.now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
