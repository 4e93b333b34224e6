package dev.failover.internal.detection;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RoundTripEstimator}.
 */
final class RoundTripEstimatorTests {

	private final RoundTripEstimator estimator = new RoundTripEstimator(
			new DetectionSettings(Duration.ofMillis(500), Duration.ofSeconds(1), 2, Duration.ofMillis(20), 5, null));

	@Test
	void isAQuarterOfTheDeadlineBeforeTheFirstAnswer() {
		assertThat(this.estimator.current()).isEqualTo(Duration.ofMillis(250));
	}

	@Test
	void isATenthOfTheDeadlineForAFastNode() {
		answered(1, 1, 2, 1);
		assertThat(this.estimator.current()).isEqualTo(Duration.ofMillis(100));
	}

	@Test
	void exceedsTheRoundTripOfADistantNode() {
		answered(140, 150, 145, 140, 150, 145, 140, 150, 145, 140, 150, 145);
		assertThat(this.estimator.current()).isBetween(Duration.ofMillis(150), Duration.ofMillis(249));
	}

	@Test
	void isAQuarterOfTheDeadlineForASlowNode() {
		answered(600, 600, 600);
		assertThat(this.estimator.current()).isEqualTo(Duration.ofMillis(250));
	}

	@Test
	void returnsToTheUsualValueAfterOneSlowAnswer() {
		answered(1, 1, 1, 400);
		assertThat(this.estimator.current()).isEqualTo(Duration.ofMillis(250));
		for (int i = 0; i < 30; i++) {
			answered(1);
		}
		assertThat(this.estimator.current()).isEqualTo(Duration.ofMillis(100));
	}

	private void answered(int... millis) {
		for (int answer : millis) {
			this.estimator.answered(Duration.ofMillis(answer));
		}
	}

}
