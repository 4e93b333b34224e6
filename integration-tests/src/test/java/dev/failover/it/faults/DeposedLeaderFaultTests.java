package dev.failover.it.faults;

import java.sql.SQLException;
import java.time.Instant;

import dev.failover.Condition.Kind;
import dev.failover.Mode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.Application;
import dev.failover.it.DeposedLeader;
import dev.failover.it.PacedWriters;
import dev.failover.it.ServerSql;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a leader that is deposed, or seems to be, in more situations than
 * {@code DeposedLeaderTests}.
 */
class DeposedLeaderFaultTests {

	@Test
	void aLeaderIsLeftOnceItsMirrorFollowsAnotherThatIsNotConfigured() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.builder().mirrors(2).start();
				Application application = Application.start(DeposedLeader.nodes(pair, "mirror1"))) {
			DeposedLeader.prepare(application, "mirror1");
			try (PacedWriters writers = PacedWriters.start(application, 1)) {
				writers.awaitSuccesses(application);
				pair.node("mirror2").promoteAlone();
				pair.node("mirror1").follow(pair.node("mirror2"));
				long shown = DeposedLeader.awaitFollowing(pair.node("mirror1"), pair.node("mirror2"));
				application.awaitMode(Mode.READ_ONLY);
				long moved = System.nanoTime();
				DeposedLeader.checkDetection(application, moved - shown);
				assertThat(DeposedLeader.lostSince(writers, moved, pair.node("mirror2"))).isEmpty();
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
			try (Application application = Application.start(DeposedLeader.nodes(pair, "mirror1", "mirror2"))) {
				DeposedLeader.prepare(application, "mirror1", "mirror2");
				try (PacedWriters writers = PacedWriters.start(application, 1)) {
					writers.awaitSuccesses(application);
					pair.node("mirror1").promoteAlone();
					application.awaitCondition(Kind.SPLIT_BRAIN);
					application.awaitCondition(Kind.UNVERIFIED, "mirror2");
					DeposedLeader.awaitFollowing(pair.node("mirror2"), pair.node("mirror1"));
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

	private static void stopStreaming(EmbeddedPair pair) throws SQLException {
		ServerSql.execute(pair.mirror(), "alter system set primary_conninfo = ''", "select pg_reload_conf()");
		Awaitility.await()
			.until(() -> ServerSql.query(pair.primary(), "select count(*) from pg_stat_replication",
					Integer.class) == 0);
	}

}
