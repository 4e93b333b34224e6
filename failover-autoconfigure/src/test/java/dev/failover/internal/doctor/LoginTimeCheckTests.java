package dev.failover.internal.doctor;

import java.time.Duration;
import java.util.List;

import dev.failover.dialect.ServerFacts;
import dev.failover.internal.doctor.Finding.Severity;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoginTimeCheckTests {

	private final CheckContextBuilder patient = new CheckContextBuilder();

	private final LoginTimeCheck check = new LoginTimeCheck(Duration.ofSeconds(1));

	@Test
	void twoSlowLoginsInARowAreFound() {
		login(1_200);
		login(1_000);
		Finding finding = this.patient.findingOf(this.check);
		assertThat(finding.id()).isEqualTo("login-slow");
		assertThat(finding.severity()).isEqualTo(Severity.WARNING);
		assertThat(finding.node()).isEqualTo(CheckContextBuilder.MIRROR);
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
		NodeInspection usual = CheckContextBuilder.facts(CheckContextBuilder.MIRROR,
				new ServerFacts(List.of(), 97, "mirror"), null);
		this.patient.visited(CheckContextBuilder.MIRROR,
				new NodeInspection(usual.server(), usual.history(), usual.addresses(), Duration.ofMillis(millis)));
	}

}
