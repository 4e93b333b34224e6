package dev.failover.internal.detection;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DetectionSettings}.
 */
final class DetectionSettingsTests {

	@ParameterizedTest
	@CsvSource({ "PT0.5S, PT1S, 2, PT1.75S", "PT0.2S, PT0.2S, 2, PT0.45S", "PT0.5S, PT1S, 1, PT1.5S",
			"PT0.5S, PT1S, 4, PT2.25S" })
	void theBudgetIsTheSumOfIntervalDeadlineAndOverlaps(Duration interval, Duration timeout, int failureThreshold,
			Duration budget) {
		DetectionSettings settings = new DetectionSettings(interval, timeout, failureThreshold, Duration.ofMillis(20),
				5, null);
		assertThat(settings.budget()).isEqualTo(budget);
	}

}
