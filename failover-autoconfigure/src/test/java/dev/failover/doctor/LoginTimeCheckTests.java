package dev.failover.doctor;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.failover.dialect.ServerFacts;
import dev.failover.doctor.Finding.Severity;

import static org.assertj.core.api.Assertions.assertThat;

class LoginTimeCheckTests {

	private final Patient patient = new Patient();

	private final LoginTimeCheck check = new LoginTimeCheck(Duration.ofSeconds(1));

	@Test
	void twoSlowLoginsInARowAreFound() {
		login(1_200);
		login(1_000);
		Finding finding = this.patient.findingOf(this.check);
		assertThat(finding.id()).isEqualTo("login-slow");
		assertThat(finding.severity()).isEqualTo(Severity.WARNING);
		assertThat(finding.node()).isEqualTo(Patient.MIRROR);
		assertThat(finding.problem()).contains("took 1 s");
		assertThat(finding.remedy()).contains("failover.detection.timeout");
	}

	@Test
	void oneSlowLoginSaysLittle() {
		login(1_200);
		assertThat(this.patient.examinedBy(this.check)).isEmpty();
		login(999);
		assertThat(this.patient.examinedBy(this.check)).isEmpty();
	}

	private void login(long millis) {
		NodeFacts usual = Patient.facts(Patient.MIRROR, new ServerFacts(List.of(), 97, "mirror"), null);
		this.patient.visited(Patient.MIRROR,
				new NodeFacts(usual.server(), usual.history(), usual.addresses(), Duration.ofMillis(millis)));
	}

}
