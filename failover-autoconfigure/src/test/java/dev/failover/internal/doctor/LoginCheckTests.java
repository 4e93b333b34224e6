package dev.failover.internal.doctor;

import java.time.Duration;

import dev.failover.BreakerState;
import dev.failover.ErrorClass;
import dev.failover.FailoverStateFixture;
import dev.failover.NodeState;
import dev.failover.NodeStatus;
import dev.failover.Probe;
import dev.failover.Role;
import dev.failover.Verdict;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LoginCheck}.
 */
class LoginCheckTests {

	private final Check check = new LoginCheck(CheckContextBuilder.POSTGRES);

	@Test
	void findsARefusedLogin() {
		Finding finding = impaired("28P01 FATAL: password authentication failed", ErrorClass.UNAUTHORIZED)
			.findingOf(this.check);
		assertThat(finding.id()).isEqualTo("login-refused");
		assertThat(finding.node()).isEqualTo(CheckContextBuilder.MIRROR);
		assertThat(finding.problem()).contains("28P01 FATAL: password authentication failed");
		assertThat(finding.remedy()).contains("'failover.mirror.password'", "pg_hba.conf");
	}

	@Test
	void findsAMissingDatabase() {
		assertThat(impaired("3D000 FATAL: no such database", ErrorClass.APPLICATION).findingOf(this.check).problem())
			.contains("3D000 FATAL: no such database");
	}

	@Test
	void findsNothingIfTheServerHasNoRoomForAnotherConnection() {
		assertThat(impaired("53300 FATAL: too many clients already", ErrorClass.OVERLOADED).findingsOf(this.check))
			.isEmpty();
	}

	@Test
	void findsNothingIfNobodyCanConnect() {
		assertThat(impaired("08001 Connection refused", ErrorClass.CONNECTION_LOST).findingsOf(this.check)).isEmpty();
	}

	@Test
	void keepsTheFindingWhileTheNodeIsDownAndClearsItWhenTheNodeIsUp() {
		Finding before = impaired("28P01 refused", ErrorClass.UNAUTHORIZED).findingOf(this.check);
		assertThat(new CheckContextBuilder().previous(before)
			.nodes(FailoverStateFixture.leader(), FailoverStateFixture.lost(CheckContextBuilder.MIRROR))
			.findingsOf(this.check)).containsExactly(before);
		assertThat(new CheckContextBuilder().previous(before).findingsOf(this.check)).isEmpty();
	}

	private static CheckContextBuilder impaired(String error, ErrorClass errorClass) {
		Probe probe = new Probe(FailoverStateFixture.PROBED, Duration.ZERO, Verdict.IMPAIRED, error, errorClass);
		return new CheckContextBuilder().nodes(FailoverStateFixture.leader(),
				new NodeStatus(CheckContextBuilder.MIRROR, "db:1/orders", null, null, NodeState.IMPAIRED, Role.UNKNOWN,
						BreakerState.CLOSED, FailoverStateFixture.START, null, probe, null, null));
	}

}
