package dev.failover.doctor;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.failover.dialect.DriverTimeouts;
import dev.failover.doctor.Finding.Severity;

import static org.assertj.core.api.Assertions.assertThat;

class SocketTimeoutCheckTests {

	@Test
	void aTimeoutShorterThanTheBudgetBreaksHealthyConnections() {
		Finding finding = with(1_000).findingOf(new SocketTimeoutCheck());
		assertThat(finding.id()).isEqualTo("socket-timeout-short");
		assertThat(finding.severity()).isEqualTo(Severity.WARNING);
		assertThat(finding.node()).isEqualTo(Patient.MIRROR);
		assertThat(finding.problem()).contains("1 s", "1.75 s");
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1_750, 60_000 })
	void noneOrALongerOneIsWell(long millis) {
		assertThat(with(millis).examinedBy(new SocketTimeoutCheck())).isEmpty();
	}

	@Test
	void oneThatNobodySetIsWell() {
		assertThat(new Patient().examinedBy(new SocketTimeoutCheck())).isEmpty();
	}

	private static Patient with(long millis) {
		return new Patient().timeouts(Patient.MIRROR, new DriverTimeouts(null, null, Duration.ofMillis(millis)));
	}

}
