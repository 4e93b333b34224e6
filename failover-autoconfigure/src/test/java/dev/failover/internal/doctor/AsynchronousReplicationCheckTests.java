package dev.failover.internal.doctor;

import java.time.Duration;
import java.util.List;

import dev.failover.FailoverStateFixture;
import dev.failover.Replication;
import dev.failover.dialect.Dialect.ServerFacts;
import dev.failover.dialect.ReplicationReading;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AsynchronousReplicationCheck}.
 */
class AsynchronousReplicationCheckTests {

	private final Check check = new AsynchronousReplicationCheck(CheckContextBuilder.POSTGRES);

	@Test
	void findsAFollowerThatCommitsDoNotWaitFor() {
		Finding finding = asynchronous().findingOf(this.check);
		assertThat(finding.id()).isEqualTo("asynchronous-replication");
		assertThat(finding.node()).isEqualTo(CheckContextBuilder.MIRROR);
		assertThat(finding.remedy()).contains("synchronous_standby_names");
	}

	@Test
	void findsNothingIfCommitsWaitForTheFollower() {
		assertThat(new CheckContextBuilder().findingsOf(this.check)).isEmpty();
	}

	@Test
	void findsNothingIfCommitsWaitForAnotherFollower() {
		assertThat(new CheckContextBuilder()
			.nodes(FailoverStateFixture.leader(), FailoverStateFixture.follower(sample(false)),
					FailoverStateFixture.follower(sample(true)))
			.findingsOf(this.check)).isEmpty();
	}

	@Test
	void findsNothingWithoutTheGrants() {
		assertThat(
				asynchronous().inspected(CheckContextBuilder.PRIMARY, new ServerFacts(List.of("pg_monitor"), 97), null)
					.findingsOf(this.check))
			.isEmpty();
		assertThat(asynchronous().uninspected(CheckContextBuilder.PRIMARY).findingsOf(this.check)).isEmpty();
	}

	@Test
	void findsNothingIfTheLeaderDoesNotListItsFollowers() {
		NodeInspection known = CheckContextBuilder.inspection(CheckContextBuilder.PRIMARY,
				new ServerFacts(List.of(), 97), null);
		NodeInspection unknown = new NodeInspection(known.server(), known.reading(),
				new ReplicationReading(false, null, null), null, known.addresses(), known.login());
		assertThat(asynchronous().inspected(CheckContextBuilder.PRIMARY, unknown).findingsOf(this.check)).isEmpty();
	}

	@Test
	void keepsTheFindingWhileTheFollowerIsLostOrNotVerified() {
		Finding before = asynchronous().findingOf(this.check);
		assertThat(new CheckContextBuilder().previous(before)
			.nodes(FailoverStateFixture.leader(), FailoverStateFixture.lost(CheckContextBuilder.MIRROR))
			.findingsOf(this.check)).containsExactly(before);
		assertThat(
				follower(new Replication(false, null, null, FailoverStateFixture.PROBED, false, "it is not receiving"))
					.findingsOf(this.check))
			.isEmpty();
	}

	private static CheckContextBuilder asynchronous() {
		return follower(sample(false));
	}

	private static Replication sample(boolean synchronous) {
		return new Replication(true, Duration.ZERO, 0L, FailoverStateFixture.PROBED, synchronous, null);
	}

	private static CheckContextBuilder follower(Replication sample) {
		return new CheckContextBuilder().nodes(FailoverStateFixture.leader(), FailoverStateFixture.follower(sample));
	}

}
