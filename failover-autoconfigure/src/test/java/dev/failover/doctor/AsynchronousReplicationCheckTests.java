package dev.failover.doctor;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.failover.actuator.FailoverStateFixture;
import dev.failover.dialect.ServerFacts;
import dev.failover.topology.Replication;

import static org.assertj.core.api.Assertions.assertThat;

class AsynchronousReplicationCheckTests {

	private final Check check = new AsynchronousReplicationCheck(Patient.POSTGRES.preflight());

	@Test
	void aFollowerThatCommitsDoNotWaitForIsFound() {
		Finding finding = asynchronous().findingOf(this.check);
		assertThat(finding.id()).isEqualTo("asynchronous-replication");
		assertThat(finding.node()).isEqualTo(Patient.MIRROR);
		assertThat(finding.remedy()).contains("synchronous_standby_names");
	}

	@Test
	void oneThatCommitsWaitForIsWell() {
		assertThat(new Patient().examinedBy(this.check)).isEmpty();
	}

	@Test
	void withoutTheGrantsNothingIsSaid() {
		assertThat(asynchronous().visited(Patient.PRIMARY, new ServerFacts(List.of("pg_monitor"), 97, "one"), null)
			.examinedBy(this.check)).isEmpty();
		assertThat(asynchronous().unvisited(Patient.PRIMARY).examinedBy(this.check)).isEmpty();
	}

	@Test
	void itStandsWhileTheFollowerIsLostOrNotVerified() {
		Finding before = asynchronous().findingOf(this.check);
		assertThat(new Patient().previous(before)
			.nodes(FailoverStateFixture.leader(), FailoverStateFixture.lost(Patient.MIRROR))
			.examinedBy(this.check)).containsExactly(before);
		assertThat(follower(new Replication(false, null, null, FailoverStateFixture.PROBED, false, "it follows nobody"))
			.examinedBy(this.check)).isEmpty();
	}

	private static Patient asynchronous() {
		return follower(new Replication(true, Duration.ZERO, 0L, FailoverStateFixture.PROBED, false, null));
	}

	private static Patient follower(Replication sample) {
		return new Patient().nodes(FailoverStateFixture.leader(), FailoverStateFixture.follower(sample));
	}

}
