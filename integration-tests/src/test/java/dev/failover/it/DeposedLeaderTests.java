package dev.failover.it;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.failover.Condition.Kind;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.RouteChange;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a leader that is deposed, or seems to be, while it lives and takes writes.
 */
class DeposedLeaderTests {

	private static final Logger logger = LoggerFactory.getLogger(DeposedLeaderTests.class);

	@Test
	void aLeaderIsLeftOnceAMirrorFollowsAnotherThatWasPromoted() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.builder().mirrors(2).start();
				Application application = Application.start(nodes(pair, "mirror1", "mirror2"))) {
			prepare(application, "mirror1", "mirror2");
			try (PacedWriters writers = PacedWriters.start(application, 1)) {
				writers.awaitSuccesses(application);
				pair.node("mirror1").promoteAlone();
				application.awaitCondition(Kind.SPLIT_BRAIN);
				assertThat(application.state().route().mode()).isEqualTo(Mode.NORMAL);
				pair.node("mirror2").follow(pair.node("mirror1"));
				long shown = awaitFollowing(pair.node("mirror2"), pair.node("mirror1"));
				application.awaitMode(Mode.FAILED_OVER);
				long moved = System.nanoTime();
				checkDetection(application, moved - shown);
				assertThat(application.state().route().writes()).isEqualTo(new Node("mirror1"));
				writers.awaitSuccesses(application);
				writers.stop();
				assertThat(lostSince(writers, moved, pair.node("mirror1"))).isEmpty();
			}
		}
	}

	@Test
	void aLeaderIsLeftOnceItsMirrorFollowsAnotherThatIsNotConfigured() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.builder().mirrors(2).start();
				Application application = Application.start(nodes(pair, "mirror1"))) {
			prepare(application, "mirror1");
			try (PacedWriters writers = PacedWriters.start(application, 1)) {
				writers.awaitSuccesses(application);
				pair.node("mirror2").promoteAlone();
				pair.node("mirror1").follow(pair.node("mirror2"));
				long shown = awaitFollowing(pair.node("mirror1"), pair.node("mirror2"));
				application.awaitMode(Mode.READ_ONLY);
				long moved = System.nanoTime();
				checkDetection(application, moved - shown);
				assertThat(lostSince(writers, moved, pair.node("mirror2"))).isEmpty();
				pair.primary().follow(pair.node("mirror2"));
				application.await("primary follows",
						() -> application.node("primary").isUp() && !application.node("primary").isWritable());
				assertThat(application.state().route().writes()).isNull();
				pair.node("mirror1").promote();
				application.awaitMode(Mode.FAILED_OVER);
				writers.awaitSuccesses(application);
			}
		}
	}

	@Test
	void aPromotionForATestCostsNothing() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start(); Application application = Application.start(pair)) {
			PacedWriters.createTable(application.jdbc());
			application.awaitReady();
			try (PacedWriters writers = PacedWriters.start(application, 1)) {
				writers.awaitSuccesses(application);
				pair.mirror().promoteAlone();
				application.awaitCondition(Kind.SPLIT_BRAIN);
				assertThat(writers.failures()).isEmpty();
				pair.primary().restart();
				writers.awaitSuccesses(application);
				application.awaitCondition(Kind.SPLIT_BRAIN);
				writers.stop();
				assertThat(writers.lost(PacedWriters.stored(pair.primary()))).isEmpty();
			}
			assertThat(application.state().changes()).extracting(RouteChange::to).doesNotContain(new Node("mirror"));
			pair.mirror().rejoin();
			application.awaitReady();
			assertThat(application.conditions()).isEmpty();
		}
	}

	@Test
	void writesMoveToTheNewestOnRequestOnly() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.builder().synchronous(true).start();
				Application application = Application.start(pair, "failover.split-brain=newest")) {
			PacedWriters.createTable(application.jdbc());
			application.awaitReady();
			pair.mirror().promoteAlone();
			application.awaitMode(Mode.FAILED_OVER);
			application.jdbc().update("insert into paced_entry values (1)");
			assertThat(PacedWriters.stored(pair.mirror())).containsExactly(1L);
		}
	}

	@Test
	void writesStayWhereTheNewestLacksSome() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start();
				Application application = Application.start(pair, "failover.split-brain=newest")) {
			PacedWriters.createTable(application.jdbc());
			application.awaitReady();
			application.jdbc().update("insert into paced_entry values (1)");
			stopStreaming(pair);
			application.jdbc().update("insert into paced_entry values (2)");
			application.await("the mirror lacks a row",
					() -> !Long.valueOf(0).equals(application.node("mirror").replication().behind()));
			pair.mirror().promoteAlone();
			application.awaitCondition(Kind.SPLIT_BRAIN);
			application.jdbc().update("insert into paced_entry values (3)");
			assertThat(PacedWriters.stored(pair.primary())).containsExactly(1L, 2L, 3L);
			assertThat(application.state().changes()).hasSize(1);
		}
	}

	@Test
	void aCascadedMirrorDoesNotTestifyAgainstTheLeader() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.builder().mirrors(2).start()) {
			pair.node("mirror2").follow(pair.node("mirror1"));
			try (Application application = Application.start(nodes(pair, "mirror1", "mirror2"))) {
				prepare(application, "mirror1", "mirror2");
				try (PacedWriters writers = PacedWriters.start(application, 1)) {
					writers.awaitSuccesses(application);
					pair.node("mirror1").promoteAlone();
					application.awaitCondition(Kind.SPLIT_BRAIN);
					application.awaitCondition(Kind.UNVERIFIED, "mirror2");
					awaitFollowing(pair.node("mirror2"), pair.node("mirror1"));
					Instant shown = Instant.now();
					application.await("probes that show it",
							() -> application.node("mirror2").lastAnswered().isAfter(shown.plusSeconds(1)));
					writers.awaitSuccesses(application);
					assertThat(writers.failures()).isEmpty();
				}
				assertThat(application.state().changes()).hasSize(1);
			}
		}
	}

	/**
	 * Creates the table and waits until the application knows the followers of its
	 * leader.
	 */
	private static void prepare(Application application, String... followers) {
		PacedWriters.createTable(application.jdbc());
		application.awaitReady();
		awaitFollowers(application, followers);
	}

	private static void stopStreaming(EmbeddedPair pair) throws SQLException {
		ServerSql.execute(pair.mirror(), "alter system set primary_conninfo = ''", "select pg_reload_conf()");
		Awaitility.await()
			.until(() -> ServerSql.query(pair.primary(), "select count(*) from pg_stat_replication",
					Integer.class) == 0);
	}

	private static List<String> nodes(EmbeddedPair pair, String... mirrors) {
		List<String> all = new ArrayList<>(Application.connection(pair));
		all.remove(all.size() - 1);
		for (String mirror : mirrors) {
			all.add("failover.mirrors." + mirror + ".url=" + pair.node(mirror).jdbcUrl());
		}
		return all;
	}

	private static void awaitFollowers(Application application, String... mirrors) {
		for (String mirror : mirrors) {
			application.await(mirror + " is verified", () -> application.node(mirror).replication() != null
					&& application.node(mirror).replication().verified());
		}
	}

	/**
	 * Waits until a server shows that it replicates the history of another one.
	 * @return the time at which it did
	 */
	private static long awaitFollowing(EmbeddedNode follower, EmbeddedNode leader) throws SQLException {
		Integer timeline = ServerSql.query(leader,
				"select ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int", Integer.class);
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.ignoreExceptions()
			.until(() -> ServerSql
				.queryForList(follower, "select received_tli from pg_stat_wal_receiver", Integer.class)
				.contains(timeline));
		return System.nanoTime();
	}

	/**
	 * Checks that the leader was left soon after its deposition could be seen, with room
	 * for a busy machine.
	 */
	private static void checkDetection(Application application, long nanos) {
		logger.info("Left {} ms after the deposition could be seen", Duration.ofNanos(nanos).toMillis());
		assertThat(Duration.ofNanos(nanos)).isLessThan(application.state().detectionBudget().multipliedBy(5));
	}

	private static List<Long> lostSince(PacedWriters writers, long since, EmbeddedNode survivor) throws SQLException {
		Set<Long> stored = PacedWriters.stored(survivor);
		return writers.successesSince(since)
			.stream()
			.filter((attempt) -> attempt.started() - since > 0)
			.map(PacedWriters.Attempt::id)
			.filter((id) -> !stored.contains(id))
			.toList();
	}

}
