package dev.failover.internal.replication;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import dev.failover.History;
import dev.failover.LogPosition;
import dev.failover.stub.GenerationHistory;
import org.junit.jupiter.api.Test;

import static dev.failover.NodeStatusFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LeaderLog}.
 */
final class LeaderLogTests {

	private final LeaderLog log = new LeaderLog(Duration.ofSeconds(80));

	@Test
	void returnsNullBeforeTheFirstSample() {
		assertThat(this.log.lag(history(100), NOW)).isNull();
		assertThat(this.log.latest()).isNull();
	}

	@Test
	void aFollowerBehindAllSamplesHasAnUnknownLag() {
		this.log.add(history(100), at(0));
		assertThat(this.log.lag(history(99), at(1))).isNull();
		assertThat(this.log.lag(history(100), at(1))).isZero();
	}

	@Test
	void theLagIsTheTimeSinceTheLeaderFirstPassedThePosition() {
		this.log.add(history(100), at(0));
		this.log.add(history(200), at(1));
		this.log.add(history(300), at(2));
		assertThat(this.log.lag(history(100), at(3))).isEqualTo(Duration.ofSeconds(2));
		assertThat(this.log.lag(history(199), at(3))).isEqualTo(Duration.ofSeconds(2));
		assertThat(this.log.lag(history(200), at(3))).isEqualTo(Duration.ofSeconds(1));
		assertThat(this.log.lag(history(300), at(3))).isZero();
		assertThat(this.log.lag(history(999), at(3))).isZero();
	}

	@Test
	void anIdleLeaderCausesNoLag() {
		this.log.add(history(100), at(0));
		this.log.add(history(100), at(60));
		assertThat(this.log.lag(history(100), at(60))).isZero();
		this.log.add(history(100), at(600));
		assertThat(this.log.lag(history(100), at(600))).isZero();
		assertThat(Objects.requireNonNull(this.log.latest()).at()).isEqualTo(at(600));
	}

	@Test
	void aLagIsNeverNegative() {
		this.log.add(history(100), at(0));
		this.log.add(history(200), at(10));
		assertThat(this.log.lag(history(100), at(5))).isZero();
	}

	@Test
	void discardsSamplesOlderThanItsRetention() {
		for (int i = 0; i <= 100; i++) {
			this.log.add(history(100L + i), at(i));
		}
		assertThat(this.log.lag(history(110), at(100))).isNull();
		assertThat(this.log.lag(history(130), at(100))).isEqualTo(Duration.ofSeconds(69));
	}

	@Test
	void measuresTheWholeRetentionHoweverOftenTheLeaderIsRead() {
		for (int i = 0; i < 80_000; i++) {
			this.log.add(history(i), NOW.plusMillis(i));
		}
		assertThat(this.log.lag(history(0), at(80))).isCloseTo(Duration.ofSeconds(80), Duration.ofMillis(100));
		assertThat(this.log.lag(history(70_000), at(80))).isCloseTo(Duration.ofSeconds(10), Duration.ofMillis(100));
		assertThat(this.log.lag(history(79_998), at(80))).isLessThan(Duration.ofMillis(100));
	}

	@Test
	void startsAnewWhenThePositionFalls() {
		this.log.add(history(100), at(0));
		this.log.add(history(500), at(1));
		this.log.add(history(90), at(2));
		assertThat(this.log.lag(history(90), at(60))).isZero();
		assertThat(this.log.lag(history(80), at(60))).isNull();
	}

	@Test
	void startsAnewWhenTheLeaderWasPromoted() {
		this.log.add(history(500), at(1));
		this.log.add(new GenerationHistory("one", 2L, 90L, 80L), at(2));
		assertThat(this.log.lag(new GenerationHistory("one", 2L, 90L, 80L), at(60))).isZero();
	}

	@Test
	void thePositionsOfALeaderAreEnoughWhereItsHistoriesCannotBeCompared() {
		this.log.add(new Untold(100), at(0));
		this.log.add(new Untold(100), at(1));
		this.log.add(new Untold(200), at(2));
		this.log.add(new Untold(300), at(3));
		assertThat(this.log.lag(history(100), at(4))).isEqualTo(Duration.ofSeconds(2));
		this.log.add(new Untold(90), at(5));
		assertThat(this.log.lag(history(90), at(60))).isZero();
		assertThat(this.log.lag(history(80), at(60))).isNull();
	}

	@Test
	void theLagOfAPromotedFollowerIsTheAgeOfWhatItLacks() {
		this.log.add(history(100), at(0));
		this.log.add(history(200), at(3));
		assertThat(this.log.lag(new GenerationHistory("one", 2L, 900L, 150L), at(10))).isEqualTo(Duration.ofSeconds(7));
		assertThat(this.log.lag(new GenerationHistory("one", 2L, 900L, 200L), at(10))).isZero();
		assertThat(this.log.lag(new GenerationHistory("one", 2L, 900L), at(10))).isNull();
	}

	@Test
	void clearDiscardsAllSamples() {
		this.log.add(history(100), at(0));
		this.log.clear();
		assertThat(this.log.lag(history(100), at(1))).isNull();
		assertThat(this.log.latest()).isNull();
	}

	private static History history(long position) {
		return new GenerationHistory("one", 1L, position);
	}

	private static Instant at(int seconds) {
		return NOW.plusSeconds(seconds);
	}

	/**
	 * History that can be compared with those of followers only.
	 */
	private record Untold(long at) implements History {

		@Override
		public Comparison compare(History other) {
			return (other instanceof Untold) ? Comparison.UNKNOWN : history(this.at).compare(other);
		}

		@Override
		public boolean isPromoted() {
			return false;
		}

		@Override
		public LogPosition position() {
			return new LogPosition(String.valueOf(this.at));
		}

		@Override
		public boolean holds(LogPosition position) {
			return history(this.at).holds(position);
		}

	}

}
