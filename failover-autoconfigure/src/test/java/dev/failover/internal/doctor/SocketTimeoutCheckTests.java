package dev.failover.internal.doctor;

import java.time.Duration;

import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.internal.doctor.Finding.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SocketTimeoutCheck}.
 */
class SocketTimeoutCheckTests {

	@Test
	void findsATimeoutShorterThanTheDetectionBudget() {
		Finding finding = with(1_000).findingOf(new SocketTimeoutCheck());
		assertThat(finding.id()).isEqualTo("socket-timeout-short");
		assertThat(finding.severity()).isEqualTo(Severity.WARNING);
		assertThat(finding.node()).isEqualTo(CheckContextBuilder.MIRROR);
		assertThat(finding.problem()).contains("1 s", "1.75 s");
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1_750, 60_000 })
	void findsNothingIfTheTimeoutIsLongerOrSwitchedOff(long millis) {
		assertThat(with(millis).findingsOf(new SocketTimeoutCheck())).isEmpty();
	}

	@Test
	void findsNothingIfNoTimeoutIsSet() {
		assertThat(new CheckContextBuilder().findingsOf(new SocketTimeoutCheck())).isEmpty();
	}

	private static CheckContextBuilder with(long millis) {
		return new CheckContextBuilder().timeouts(CheckContextBuilder.MIRROR,
				new JdbcDriverSettings.Timeouts(null, null, Duration.ofMillis(millis), null));
	}

}
