package dev.failover.doctor;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.failover.dialect.DriverTimeouts;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionTimeoutCheckTests {

	@Test
	void callersMustOutlastTheDetection() {
		Finding finding = new Patient().configured(Patient.PRIMARY, 10, Duration.ofMillis(1_500), DriverTimeouts.UNSET)
			.findingOf(new ConnectionTimeoutCheck());
		assertThat(finding.id()).isEqualTo("connection-timeout-short");
		assertThat(finding.node()).isEqualTo(Patient.PRIMARY);
		assertThat(finding.problem()).contains("1.5 s", "1.75 s");
		assertThat(finding.remedy()).contains("'spring.datasource.hikari.connection-timeout'");
	}

	@Test
	void aLongerOneIsWell() {
		assertThat(new Patient().examinedBy(new ConnectionTimeoutCheck())).isEmpty();
	}

}
