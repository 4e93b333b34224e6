package dev.failover.internal.detection;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class RoundTripEstimatorTests {

	private final RoundTripEstimator patience = new RoundTripEstimator(
			new DetectionSettings(Duration.ofMillis(500), Duration.ofSeconds(1), 2, Duration.ofMillis(20), 5, null));

	@Test
	void aNodeOfWhichNothingIsKnownHasAQuarterOfTheDeadline() {
		assertThat(this.patience.current()).isEqualTo(Duration.ofMillis(250));
	}

	@Test
	void aNodeThatAnswersAtOnceHasATenth() {
		answered(1, 1, 2, 1);
		assertThat(this.patience.current()).isEqualTo(Duration.ofMillis(100));
	}

	@Test
	void aNodeFarAwayIsNotAskedTwiceEachTime() {
		answered(140, 150, 145, 140, 150, 145, 140, 150, 145, 140, 150, 145);
		assertThat(this.patience.current()).isBetween(Duration.ofMillis(150), Duration.ofMillis(249));
	}

	@Test
	void aNodeSlowerThanAQuarterHasAQuarter() {
		answered(600, 600, 600);
		assertThat(this.patience.current()).isEqualTo(Duration.ofMillis(250));
	}

	@Test
	void oneSlowAnswerIsForgotten() {
		answered(1, 1, 1, 400);
		assertThat(this.patience.current()).isEqualTo(Duration.ofMillis(250));
		for (int i = 0; i < 30; i++) {
			answered(1);
		}
		assertThat(this.patience.current()).isEqualTo(Duration.ofMillis(100));
	}

	private void answered(int... millis) {
		for (int answer : millis) {
			this.patience.answered(Duration.ofMillis(answer));
		}
	}

}
