package dev.failover.internal.doctor;

import java.time.Duration;

import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.internal.doctor.Finding.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CancelTimeoutCheck}.
 */
class CancelTimeoutCheckTests {

	private final Check check = new CancelTimeoutCheck();

	@ParameterizedTest
	@CsvSource({ "0, WARNING, switched off", "10, INFO, 10 s exceeds the detection budget of 1.75 s" })
	void findsATimeoutLongerThanTheDetectionBudget(int seconds, Severity severity, String problem) {
		Finding finding = cancel(seconds).findingOf(this.check);
		assertThat(finding.id()).isEqualTo("cancel-timeout-long");
		assertThat(finding.severity()).isEqualTo(severity);
		assertThat(finding.node()).isEqualTo(CheckContextBuilder.PRIMARY);
		assertThat(finding.problem()).contains(problem);
		assertThat(finding.remedy()).contains("2 s");
	}

	@Test
	void findsNothingWithinTheBudgetOrIfNoTimeoutIsSet() {
		assertThat(cancel(2).findingsOf(this.check)).isEmpty();
		assertThat(new CheckContextBuilder().findingsOf(this.check)).isEmpty();
	}

	private static CheckContextBuilder cancel(int seconds) {
		return new CheckContextBuilder().timeouts(CheckContextBuilder.PRIMARY,
				new JdbcDriverSettings.Timeouts(null, null, null, Duration.ofSeconds(seconds)));
	}

}
