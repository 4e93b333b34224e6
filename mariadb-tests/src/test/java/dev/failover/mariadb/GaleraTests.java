package dev.failover.mariadb;

import java.util.List;
import java.util.Map;

import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.Replication;
import dev.failover.RouteChange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests of an application on a Galera cluster of three members, each of which is a node.
 * Each has a cluster of its own; all are skipped where Galera is not installed.
 */
final class GaleraTests {

	private static final String MARIADB = "jdbc:mariadb://127.0.0.1:%d/orders?sslMode=disable";

	private static final String MYSQL = "jdbc:mysql://127.0.0.1:%d/orders?sslMode=DISABLED";

	private static final Node MIRROR = new Node("mirror");

	private static final Node THIRD = new Node("third");

	private GaleraCluster cluster;

	@BeforeEach
	void startCluster() {
		var started = GaleraCluster.start();
		assumeTrue(started.isPresent(), "Galera cannot run here");
		this.cluster = started.get();
	}

	@AfterEach
	void endCluster() {
		if (this.cluster != null) {
			this.cluster.close();
		}
	}

	private Application application(String url) {
		return Application.start(this.cluster.members(), url, "failover.topology=multi-writer",
				"failover.failback.min-stay=1s");
	}

	@ParameterizedTest
	@ValueSource(strings = { MARIADB, MYSQL })
	void whenAMemberIsKilledWritesGoOnOnAnotherAndReturnWithIt(String url) {
		try (Application application = application(url)) {
			application.awaitReady();
			assertThat(application.state().route().mode()).isEqualTo(Mode.NORMAL);
			application.await("no condition", () -> application.conditions().isEmpty());
			// another node may have made it ready
			application.await("the mirror", () -> {
				Replication sample = application.node("mirror").replication();
				return sample != null && sample.verified() && sample.synchronous();
			});
			try (Writers writers = new Writers(application.jdbc(), 4)) {
				application.await("writes", () -> writers.count() > 50);
				this.cluster.member(0).kill();
				application.awaitMode(Mode.FAILED_OVER);
				awaitFurtherWrites(application, writers);
				this.cluster.join(0);
				application.awaitMode(Mode.NORMAL);
				awaitFurtherWrites(application, writers);
				stopAndFindAll(application, writers);
			}
			application.awaitReady();
			assertThat(application.state().changes()).extracting(RouteChange::cause)
				.startsWith(Cause.STARTUP, Cause.NODE_LOST, Cause.FAILBACK);
		}
	}

	@Test
	void whenAMemberIsFrozenNoThreadHangsAndItAcknowledgesNothingLater() {
		try (Application application = application(MARIADB)) {
			application.awaitReady();
			try (Writers writers = new Writers(application.jdbc(), 4)) {
				application.await("writes", () -> writers.count() > 50);
				this.cluster.member(0).freeze();
				application.awaitMode(Mode.FAILED_OVER);
				Map<Thread, Long> before = writers.calls();
				application.await("a call of every thread", () -> writers.allHaveCalledSince(before));
				awaitFurtherWrites(application, writers);
				this.cluster.member(0).thaw();
				application.awaitMode(Mode.NORMAL);
				awaitFurtherWrites(application, writers);
				stopAndFindAll(application, writers);
			}
		}
	}

	/**
	 * Such a member accepts logins, and answers {@code select 1}.
	 */
	@ParameterizedTest
	@ValueSource(strings = { MARIADB, MYSQL })
	void writesLeaveAMemberThatIsCutOffFromItsGroup(String url) {
		try (Application application = application(url)) {
			application.awaitReady();
			try (Writers writers = new Writers(application.jdbc(), 4)) {
				application.await("writes", () -> writers.count() > 50);
				this.cluster.isolate(0, true);
				application.awaitMode(Mode.FAILED_OVER);
				assertThat(application.conditions()).contains("IMPAIRED of node 'primary'");
				assertThat(this.cluster.member(0).query("select 1", Integer.class)).containsExactly(1);
				Map<Thread, Long> before = writers.calls();
				application.await("a call of every thread", () -> writers.allHaveCalledSince(before));
				awaitFurtherWrites(application, writers);
				this.cluster.isolate(0, false);
				application.awaitMode(Mode.NORMAL);
				awaitFurtherWrites(application, writers);
				stopAndFindAll(application, writers);
			}
			application.awaitReady();
		}
	}

	@Test
	void aDesyncedMemberTakesTheWritesOnlyIfNoOtherCan() {
		try (Application application = application(MARIADB)) {
			application.awaitReady();
			this.cluster.member(1).execute("set global wsrep_desync=1");
			application.awaitCondition("UNVERIFIED of node 'mirror'");
			assertThat(application.state().ready()).isTrue();
			try (Writers writers = new Writers(application.jdbc(), 4)) {
				application.await("writes", () -> writers.count() > 50);
				this.cluster.member(0).kill();
				application.awaitMode(Mode.FAILED_OVER);
				assertThat(application.state().route().writes()).isEqualTo(THIRD);
				awaitFurtherWrites(application, writers);
				this.cluster.join(0);
				application.awaitMode(Mode.NORMAL);
				this.cluster.member(2).kill();
				this.cluster.awaitSynced(0);
				this.cluster.member(0).execute("set global wsrep_reject_queries=ALL");
				application.await("writes on the mirror", () -> MIRROR.equals(application.state().route().writes()));
				awaitFurtherWrites(application, writers);
				writers.stop();
				application.await("all acknowledged writes", () -> writers.missing(this.cluster.member(1)).isEmpty());
			}
		}
	}

	@Test
	void whenTwoOfThreeAreLostNobodyTakesWritesUntilTheQuorumIsRestored() {
		try (Application application = application(MARIADB)) {
			application.awaitReady();
			try (Writers writers = new Writers(application.jdbc(), 4)) {
				application.await("writes", () -> writers.count() > 50);
				this.cluster.member(1).kill();
				this.cluster.member(2).kill();
				application.awaitMode(Mode.UNAVAILABLE);
				application.await("the conditions of all nodes", () -> application.conditions()
					.containsAll(
							List.of("IMPAIRED of node 'primary'", "DOWN of node 'mirror'", "DOWN of node 'third'")));
				this.cluster.member(0).execute("set global wsrep_provider_options='pc.bootstrap=1'");
				application.awaitMode(Mode.NORMAL);
				awaitFurtherWrites(application, writers);
				this.cluster.join(1);
				this.cluster.join(2);
				application.awaitReady();
				application.await("no condition", () -> application.conditions().isEmpty());
				stopAndFindAll(application, writers);
			}
		}
	}

	@Test
	void inTheTopologyStandbyTheMembersAreNoSplitBrainAndWritesFailOver() {
		try (Application application = Application.start(this.cluster.members(), MARIADB)) {
			application.awaitReady();
			application.await("no condition", () -> application.conditions().isEmpty());
			this.cluster.member(0).kill();
			application.awaitMode(Mode.FAILED_OVER);
			application.jdbc().update("insert into entry (id) values (1000001)");
		}
	}

	private static void awaitFurtherWrites(Application application, Writers writers) {
		int written = writers.count();
		application.await("further writes", () -> writers.count() > written + 50);
	}

	/**
	 * Stops the writers and waits until all members have applied what was acknowledged.
	 */
	private void stopAndFindAll(Application application, Writers writers) {
		writers.stop();
		for (MariaDbServer member : this.cluster.members()) {
			application.await("all acknowledged writes", () -> writers.missing(member).isEmpty());
		}
	}

}
