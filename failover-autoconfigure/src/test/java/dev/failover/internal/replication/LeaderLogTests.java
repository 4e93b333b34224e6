package dev.failover.internal.replication;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

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
		assertThat(this.log.lag(100, NOW)).isNull();
		assertThat(this.log.latest()).isNull();
	}

	@Test
	void aFollowerBehindAllSamplesHasAnUnknownLag() {
		this.log.add(100, at(0));
		assertThat(this.log.lag(99, at(1))).isNull();
		assertThat(this.log.lag(100, at(1))).isZero();
	}

	@Test
	void theLagIsTheTimeSinceTheLeaderFirstPassedThePosition() {
		this.log.add(100, at(0));
		this.log.add(200, at(1));
		this.log.add(300, at(2));
		assertThat(this.log.lag(100, at(3))).isEqualTo(Duration.ofSeconds(2));
		assertThat(this.log.lag(199, at(3))).isEqualTo(Duration.ofSeconds(2));
		assertThat(this.log.lag(200, at(3))).isEqualTo(Duration.ofSeconds(1));
		assertThat(this.log.lag(300, at(3))).isZero();
		assertThat(this.log.lag(999, at(3))).isZero();
	}

	@Test
	void anIdleLeaderCausesNoLag() {
		this.log.add(100, at(0));
		this.log.add(100, at(60));
		assertThat(this.log.lag(100, at(60))).isZero();
		assertThat(Objects.requireNonNull(this.log.latest()).at()).isEqualTo(at(60));
	}

	@Test
	void aLagIsNeverNegative() {
		this.log.add(100, at(0));
		this.log.add(200, at(10));
		assertThat(this.log.lag(100, at(5))).isZero();
	}

	@Test
	void discardsSamplesOlderThanItsRetention() {
		for (int i = 0; i <= 100; i++) {
			this.log.add(100L + i, at(i));
		}
		assertThat(this.log.lag(110, at(100))).isNull();
		assertThat(this.log.lag(130, at(100))).isEqualTo(Duration.ofSeconds(69));
	}

	@Test
	void keepsALimitedNumberOfSamples() {
		for (int i = 0; i < 10_000; i++) {
			this.log.add(i, NOW.plusMillis(i));
		}
		assertThat(this.log.lag(0, at(10))).isNull();
		assertThat(this.log.lag(9_000, at(10))).isNotNull();
	}

	@Test
	void clearDiscardsAllSamples() {
		this.log.add(100, at(0));
		this.log.clear();
		assertThat(this.log.lag(100, at(1))).isNull();
		assertThat(this.log.latest()).isNull();
	}

	private static Instant at(int seconds) {
		return NOW.plusSeconds(seconds);
	}

}
