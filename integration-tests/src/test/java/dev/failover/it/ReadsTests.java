package dev.failover.it;

import dev.failover.LogPosition;
import dev.failover.Mode;
import dev.failover.NoNodeAvailableException;
import dev.failover.ReadYourWrites;
import dev.failover.embedded.EmbeddedPair;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of the route of reads, and of requests while no node accepts writes.
 */
class ReadsTests {

	@Test
	void readOnlyTransactionsUseTheMirrorUnlessItLags() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start();
				Application application = Application.start(pair, "failover.reads.target=mirror")) {
			ClientThreads.createTable(application.jdbc());
			application.await("reads on the mirror", () -> inRecovery(application, true));
			assertThat(inRecovery(application, false)).isFalse();
			assertThat(application.state().route().mode()).isEqualTo(Mode.NORMAL);
			ServerSql.pauseReplay(pair.mirror());
			application.jdbc().update("insert into entry (id) values (1)");
			application.await("reads on the primary", () -> !inRecovery(application, true));
			ServerSql.resumeReplay(pair.mirror());
			application.await("reads on the mirror again", () -> inRecovery(application, true));
		}
	}

	@Test
	void aSessionReadsFromThePrimaryUntilTheMirrorHasItsOwnWrite() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start();
				Application application = Application.start(pair, "failover.reads.target=mirror",
						"failover.reads.max-lag=1h", "failover.replication.max-lag=1h")) {
			ClientThreads.createTable(application.jdbc());
			application.await("reads on the mirror", () -> inRecovery(application, true));
			ServerSql.pauseReplay(pair.mirror());
			application.jdbc().update("insert into entry (id) values (1)");
			ReadYourWrites session = application.bean(ReadYourWrites.class);
			LogPosition written = new LogPosition(session.position().toString());
			assertThat(session.after(written, () -> inRecovery(application, true))).isFalse();
			assertThat(inRecovery(application, true)).as("a session that did not write").isTrue();
			ServerSql.resumeReplay(pair.mirror());
			application.await("own reads on the mirror",
					() -> session.after(written, () -> inRecovery(application, true)));
		}
	}

	@Test
	void aSessionReadsItsOwnWritesAlsoWhenCommitsDoNotWaitForTheDisk() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start();
				Application application = Application.start(pair, "failover.reads.target=mirror",
						"failover.reads.max-lag=1h",
						"spring.datasource.hikari.connection-init-sql=" + "set synchronous_commit = off")) {
			ClientThreads.createTable(application.jdbc());
			application.await("reads on the mirror", () -> inRecovery(application, true));
			ReadYourWrites session = application.bean(ReadYourWrites.class);
			for (long id = 1; id <= 100; id++) {
				application.jdbc().update("insert into entry (id) values (?)", id);
				LogPosition written = session.position();
				assertThat(session.after(written, () -> lastEntry(application))).isEqualTo(id);
			}
		}
	}

	@Tag("long")
	@Test
	void requestsThatWaitForAWritableNodeContinueAfterThePromotion() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start();
				Application application = Application.start(pair, "failover.read-only.mode=wait")) {
			ClientThreads.createTable(application.jdbc());
			application.awaitReady();
			pair.primary().kill();
			application.awaitMode(Mode.READ_ONLY);
			assertThat(inRecovery(application, true)).isTrue();
			try (ClientThreads client = new ClientThreads(application.jdbc()).writers(4)) {
				pair.mirror().promote();
				application.await("writes", () -> client.writes() > 10);
				assertThat(client.failures()).isZero();
			}
		}
	}

	/** The time limit is far shorter than the time for which a request would wait. */
	@Test
	@Timeout(120)
	void inModeRejectWritesFailAtOnceAndReadsAreServed() {
		try (EmbeddedPair pair = EmbeddedPair.start();
				Application application = Application.start(pair, "failover.read-only.mode=reject",
						"spring.datasource.hikari.connection-timeout=600000")) {
			ClientThreads.createTable(application.jdbc());
			application.awaitReady();
			pair.primary().kill();
			application.awaitMode(Mode.READ_ONLY);
			assertThat(inRecovery(application, true)).isTrue();
			JdbcTemplate jdbc = application.jdbc();
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> jdbc.update("insert into entry (id) values (1)"))
				.havingRootCause()
				.isInstanceOf(NoNodeAvailableException.class)
				.withMessageContaining("READ_ONLY");
			assertThat(application.failoverDataSource().refusedRequests()).isOne();
		}
	}

	private static @Nullable Long lastEntry(Application application) {
		return application.transactions(true)
			.execute((status) -> application.jdbc().queryForObject("select max(id) from entry", Long.class));
	}

	/**
	 * Returns whether a transaction runs on a standby.
	 */
	private static boolean inRecovery(Application application, boolean readOnly) {
		return Boolean.TRUE.equals(application.transactions(readOnly)
			.execute((status) -> application.jdbc().queryForObject("select pg_is_in_recovery()", Boolean.class)));
	}

}
