package dev.failover.internal.doctor;

import java.time.Duration;

import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.internal.doctor.Finding.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectTimeoutCheck}.
 */
class ConnectTimeoutCheckTests {

	private final Check check = new ConnectTimeoutCheck();

	@ParameterizedTest
	@CsvSource({ "0, WARNING, switched off", "2, INFO, 2 s exceeds the detection budget of 1.75 s",
			"31, WARNING, 31 s exceeds the detection budget of 1.75 s and the pool's connection time-out" })
	void findsATimeoutLongerThanTheDetectionBudget(int seconds, Severity severity, String problem) {
		Finding finding = connect(seconds).findingOf(this.check);
		assertThat(finding.id()).isEqualTo("connect-timeout-long");
		assertThat(finding.severity()).isEqualTo(severity);
		assertThat(finding.node()).isEqualTo(CheckContextBuilder.PRIMARY);
		assertThat(finding.problem()).contains("connect time-out", problem);
		assertThat(finding.remedy()).containsPattern("et (it|the time-out) to 2 s");
	}

	@Test
	void checksTheLoginTimeoutToo() {
		Finding finding = new CheckContextBuilder()
			.timeouts(CheckContextBuilder.MIRROR,
					new JdbcDriverSettings.Timeouts(Duration.ofSeconds(1), Duration.ZERO, null, null))
			.findingOf(this.check);
		assertThat(finding.id()).isEqualTo("login-timeout-long");
		assertThat(finding.problem()).contains("login time-out", "indefinitely");
	}

	@Test
	void findsNothingWithinTheBudgetOrIfNoTimeoutIsSet() {
		assertThat(connect(1).findingsOf(this.check)).isEmpty();
		assertThat(new CheckContextBuilder().findingsOf(this.check)).isEmpty();
	}

	private static CheckContextBuilder connect(int seconds) {
		return new CheckContextBuilder().timeouts(CheckContextBuilder.PRIMARY,
				new JdbcDriverSettings.Timeouts(Duration.ofSeconds(seconds), null, null, null));
	}

}
