package dev.failover.internal.doctor;

import java.time.Duration;

import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.internal.doctor.Finding.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectTimeoutCheckTests {

	private final Check check = new ConnectTimeoutCheck();

	@ParameterizedTest
	@CsvSource({ "0, WARNING, switched off", "2, INFO, 2 s exceeds the detection budget of 1.75 s",
			"31, WARNING, 31 s exceeds the detection budget of 1.75 s and the pool's connection time-out" })
	void oneBeyondTheBudgetHoldsThreads(int seconds, Severity severity, String problem) {
		Finding finding = connect(seconds).findingOf(this.check);
		assertThat(finding.id()).isEqualTo("connect-timeout-long");
		assertThat(finding.severity()).isEqualTo(severity);
		assertThat(finding.node()).isEqualTo(CheckContextBuilder.PRIMARY);
		assertThat(finding.problem()).contains("connect time-out", problem);
		assertThat(finding.remedy()).containsIgnoringCase("set it to 2 s");
	}

	@Test
	void theLoginTimeoutIsCheckedToo() {
		Finding finding = new CheckContextBuilder()
			.timeouts(CheckContextBuilder.MIRROR,
					new JdbcDriverSettings.Timeouts(Duration.ofSeconds(1), Duration.ZERO, null))
			.findingOf(this.check);
		assertThat(finding.id()).isEqualTo("login-timeout-long");
		assertThat(finding.problem()).contains("login time-out", "for ever");
	}

	@Test
	void oneWithinTheBudgetAndOneThatNobodySetAreWell() {
		assertThat(connect(1).examinedBy(this.check)).isEmpty();
		assertThat(new CheckContextBuilder().examinedBy(this.check)).isEmpty();
	}

	private static CheckContextBuilder connect(int seconds) {
		return new CheckContextBuilder().timeouts(CheckContextBuilder.PRIMARY,
				new JdbcDriverSettings.Timeouts(Duration.ofSeconds(seconds), null, null));
	}

}
