package dev.failover.doctor;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.failover.actuator.FailoverStateFixture;
import dev.failover.topology.BreakerState;
import dev.failover.topology.LastProbe;
import dev.failover.topology.NodeState;
import dev.failover.topology.NodeStatus;
import dev.failover.topology.Role;
import dev.failover.topology.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

class LoginCheckTests {

	private final Check check = new LoginCheck(Patient.POSTGRES);

	@ParameterizedTest
	@ValueSource(strings = { "28P01 FATAL: password authentication failed", "3D000 FATAL: no such database",
			"08004 no pg_hba.conf entry" })
	void aRefusedLoginIsFound(String error) {
		Finding finding = impaired(error).findingOf(this.check);
		assertThat(finding.id()).isEqualTo("login-refused");
		assertThat(finding.node()).isEqualTo(Patient.MIRROR);
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
		assertThat(new Patient().previous(before)
			.nodes(FailoverStateFixture.leader(), FailoverStateFixture.lost(Patient.MIRROR))
			.examinedBy(this.check)).containsExactly(before);
		assertThat(new Patient().previous(before).examinedBy(this.check)).isEmpty();
	}

	private static Patient impaired(String error) {
		LastProbe probe = new LastProbe(FailoverStateFixture.PROBED, Duration.ZERO, Verdict.IMPAIRED, error);
		return new Patient().nodes(FailoverStateFixture.leader(), new NodeStatus(Patient.MIRROR, NodeState.IMPAIRED,
				Role.UNKNOWN, BreakerState.CLOSED, FailoverStateFixture.START, null, probe, null, null));
	}

}
