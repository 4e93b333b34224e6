package dev.failover.it;

import dev.failover.LogPosition;
import dev.failover.Mode;
import dev.failover.NoNodeAvailableException;
import dev.failover.ReadYourWrites;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.internal.engine.FailoverRuntime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Where reads go, and what happens while no node takes writes.
 */
class ReadsTests {

	@Test
	void readOnlyTransactionsGoToTheMirrorWhileItIsCloseAndToThePrimaryWithoutAnErrorWhenItIsNot() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start();
				Application application = Application.start(pair, "failover.reads.target=mirror")) {
			Client.createTable(application.jdbc());
			application.await("reads on the mirror", () -> inRecovery(application, true));
			assertThat(inRecovery(application, false)).isFalse();
			assertThat(application.state().route().mode()).isEqualTo(Mode.NORMAL);
			Replay.pause(pair);
			application.jdbc().update("insert into entry (id) values (1)");
			application.await("reads on the primary", () -> !inRecovery(application, true));
			Replay.resume(pair);
			application.await("reads on the mirror again", () -> inRecovery(application, true));
		}
	}

	@Test
	void aSessionThatWroteReadsFromThePrimaryUntilTheMirrorHasItsWrite() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start();
				Application application = Application.start(pair, "failover.reads.target=mirror",
						"failover.reads.max-lag=1h", "failover.replication.max-lag=1h")) {
			Client.createTable(application.jdbc());
			application.await("reads on the mirror", () -> inRecovery(application, true));
			Replay.pause(pair);
			application.jdbc().update("insert into entry (id) values (1)");
			ReadYourWrites session = application.bean(ReadYourWrites.class);
			LogPosition written = LogPosition.parse(session.position().toString());
			assertThat(session.after(written, () -> inRecovery(application, true))).isFalse();
			assertThat(inRecovery(application, true)).as("who did not write").isTrue();
			Replay.resume(pair);
			application.await("own reads on the mirror",
					() -> session.after(written, () -> inRecovery(application, true)));
		}
	}

	@Test
	void whileNoNodeTakesWritesWaitingRequestsGoOnWhenOneDoes() throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start();
				Application application = Application.start(pair, "failover.read-only.mode=wait")) {
			Client.createTable(application.jdbc());
			application.awaitReady();
			pair.primary().kill();
			application.awaitMode(Mode.READ_ONLY);
			assertThat(inRecovery(application, true)).isTrue();
			try (Client client = new Client(application.jdbc()).writers(4)) {
				pair.mirror().promote();
				application.await("writes", () -> client.writes() > 10);
				assertThat(client.failures()).isZero();
			}
		}
	}

	/** Far shorter than the time for which requests would wait. */
	@Test
	@Timeout(120)
	void whileNoNodeTakesWritesRejectedRequestsFailAtOnceAndReadOnlyOnesAreServed() {
		try (EmbeddedPair pair = EmbeddedPair.start();
				Application application = Application.start(pair, "failover.read-only.mode=reject",
						"spring.datasource.hikari.connection-timeout=600000")) {
			Client.createTable(application.jdbc());
			application.awaitReady();
			pair.primary().kill();
			application.awaitMode(Mode.READ_ONLY);
			assertThat(inRecovery(application, true)).isTrue();
			JdbcTemplate jdbc = application.jdbc();
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> jdbc.update("insert into entry (id) values (1)"))
				.withMessageContaining("READ_ONLY")
				.withRootCauseInstanceOf(NoNodeAvailableException.class);
			assertThat(application.bean(FailoverRuntime.class).dataSource().refusedRequests()).isOne();
		}
	}

	/**
	 * Whether a transaction, read-only or not, meets a standby.
	 */
	private static boolean inRecovery(Application application, boolean readOnly) {
		TransactionTemplate transaction = new TransactionTemplate(application.bean(PlatformTransactionManager.class));
		transaction.setReadOnly(readOnly);
		return Boolean.TRUE.equals(transaction
			.execute((status) -> application.jdbc().queryForObject("select pg_is_in_recovery()", Boolean.class)));
	}

}
