package dev.failover.internal.doctor;

import java.time.Duration;

import dev.failover.BreakerState;
import dev.failover.NodeState;
import dev.failover.NodeStatus;
import dev.failover.Probe;
import dev.failover.Role;
import dev.failover.Verdict;
import dev.failover.actuator.FailoverStateFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LoginCheckTests {

	private final Check check = new LoginCheck(CheckContextBuilder.POSTGRES);

	@ParameterizedTest
	@ValueSource(strings = { "28P01 FATAL: password authentication failed", "3D000 FATAL: no such database",
			"08004 no pg_hba.conf entry" })
	void aRefusedLoginIsFound(String error) {
		Finding finding = impaired(error).findingOf(this.check);
		assertThat(finding.id()).isEqualTo("login-refused");
		assertThat(finding.node()).isEqualTo(CheckContextBuilder.MIRROR);
		assertThat(finding.problem()).contains(error);
		assertThat(finding.remedy()).contains("'failover.mirror.password'");
	}

	@Test
	void thatThereIsNoRoomNowIsNone() {
		assertThat(impaired("53300 FATAL: too many clients already").examinedBy(this.check)).isEmpty();
	}

	@Test
	void itStandsWhileTheNodeIsDownAndIsClearedWhenItIsUp() {
		Finding before = impaired("28P01 refused").findingOf(this.check);
		assertThat(new CheckContextBuilder().previous(before)
			.nodes(FailoverStateFixture.leader(), FailoverStateFixture.lost(CheckContextBuilder.MIRROR))
			.examinedBy(this.check)).containsExactly(before);
		assertThat(new CheckContextBuilder().previous(before).examinedBy(this.check)).isEmpty();
	}

	private static CheckContextBuilder impaired(String error) {
		Probe probe = new Probe(FailoverStateFixture.PROBED, Duration.ZERO, Verdict.IMPAIRED, error);
		return new CheckContextBuilder().nodes(FailoverStateFixture.leader(),
				new NodeStatus(CheckContextBuilder.MIRROR, "db:1/orders", null, NodeState.IMPAIRED, Role.UNKNOWN,
						BreakerState.CLOSED, FailoverStateFixture.START, null, probe, null, null));
	}

}
