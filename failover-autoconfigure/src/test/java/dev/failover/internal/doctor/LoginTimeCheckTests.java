package dev.failover.internal.doctor;

import java.time.Duration;
import java.util.List;

import dev.failover.dialect.Dialect.ServerFacts;
import dev.failover.internal.doctor.Finding.Severity;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LoginTimeCheck}.
 */
class LoginTimeCheckTests {

	private final CheckContextBuilder context = new CheckContextBuilder();

	private final LoginTimeCheck check = new LoginTimeCheck(Duration.ofSeconds(1));

	@Test
	void findsTwoSlowLoginsInARow() {
		login(1_200);
		login(1_000);
		Finding finding = this.context.findingOf(this.check);
		assertThat(finding.id()).isEqualTo("login-slow");
		assertThat(finding.severity()).isEqualTo(Severity.WARNING);
		assertThat(finding.node()).isEqualTo(CheckContextBuilder.MIRROR);
		assertThat(finding.problem()).contains("took 1 s");
		assertThat(finding.remedy()).contains("failover.detection.timeout");
	}

	@Test
	void ignoresASingleSlowLogin() {
		login(1_200);
		assertThat(this.context.findingsOf(this.check)).isEmpty();
		login(999);
		assertThat(this.context.findingsOf(this.check)).isEmpty();
	}

	private void login(long millis) {
		NodeInspection normal = CheckContextBuilder.inspection(CheckContextBuilder.MIRROR,
				new ServerFacts(List.of(), 97), null);
		this.context.inspected(CheckContextBuilder.MIRROR, new NodeInspection(normal.server(), normal.reading(),
				normal.replication(), normal.history(), normal.addresses(), Duration.ofMillis(millis)));
	}

}
