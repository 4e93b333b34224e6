package dev.failover.it.transaction;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.failover.Mode;
import dev.failover.embedded.Link;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.Application;
import dev.failover.it.ServerSql;
import dev.failover.transaction.CommitOutcomeUnknownException;
import dev.failover.transaction.WriteOutcomeUnknownException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of commits and writes that the network loses, or whose answers it loses. The
 * server itself works, so that the tests read there what was stored.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostAnswerTests {

	@AutoClose
	private final EmbeddedPair pair = EmbeddedPair.start();

	private final Map<DataAccess, Application> applications = new EnumMap<>(DataAccess.class);

	private final List<Integer> completions = new CopyOnWriteArrayList<>();

	private long id;

	@BeforeEach
	void useAnotherId() {
		this.id++;
		this.completions.clear();
	}

	private Application application(DataAccess access) {
		return this.applications.computeIfAbsent(access, (missing) -> {
			Application application = Application.startWith(missing.configuration(), this.pair,
					"failover.detection.recovery-threshold=1", "failover.failback.min-stay=0s");
			application.jdbc().execute("create table if not exists entry (id bigint primary key)");
			return application;
		});
	}

	/**
	 * Ends the fault when all applications have detected it: none leaves the primary
	 * later, during the next test.
	 */
	@AfterEach
	void healTheLink() {
		for (Application application : this.applications.values()) {
			application.awaitMode(Mode.READ_ONLY);
		}
		this.pair.primary().link().heal();
		for (Application application : this.applications.values()) {
			application.awaitMode(Mode.NORMAL);
		}
	}

	@AfterAll
	void closeApplications() {
		this.applications.values().forEach(Application::close);
		this.applications.clear();
	}

	@ParameterizedTest
	@EnumSource
	void aCommitWhoseAnswerIsLostHasAnUnknownOutcomeAndIsStored(DataAccess access) throws Exception {
		Application application = application(access);
		assertThatExceptionOfType(CommitOutcomeUnknownException.class)
			.isThrownBy(() -> commitThrough(application, access, Link.Direction.TO_CLIENT))
			.withMessageContainingAll("'primary'", "may or may not be stored")
			.satisfies((ex) -> assertThat(ex.node()).isEqualTo("primary"));
		assertThat(this.completions).containsExactly(TransactionSynchronization.STATUS_UNKNOWN);
		assertThat(isStored()).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void aCommitThatIsLostHasAnUnknownOutcomeAndIsNotStored(DataAccess access) throws Exception {
		Application application = application(access);
		assertThatExceptionOfType(CommitOutcomeUnknownException.class)
			.isThrownBy(() -> commitThrough(application, access, Link.Direction.TO_SERVER));
		assertThat(this.completions).containsExactly(TransactionSynchronization.STATUS_UNKNOWN);
		assertThat(isStored()).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void aTransactionOfUnknownOutcomeIsNotRetried(DataAccess access) throws Exception {
		Application application = application(access);
		RetryingService service = application.bean(RetryingService.class);
		int before = service.attempts();
		assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(() -> service.run(() -> {
			access.insert(application.context(), this.id);
			this.pair.primary().link().cut(Link.Direction.TO_CLIENT);
		}));
		assertThat(service.attempts()).isEqualTo(before + 1);
		assertThat(isStored()).isTrue();
	}

	@Test
	void aWriteOutsideOfTransactionsWhoseAnswerIsLostHasAnUnknownOutcome() throws Exception {
		Application application = application(DataAccess.JDBC);
		this.pair.primary().link().cut(Link.Direction.TO_CLIENT);
		assertThatExceptionOfType(WriteOutcomeUnknownException.class)
			.isThrownBy(() -> DataAccess.JDBC.insert(application.context(), this.id));
		assertThat(isStored()).isTrue();
	}

	private void commitThrough(Application application, DataAccess access, Link.Direction cut) {
		application.transactions(false).executeWithoutResult((status) -> {
			access.insert(application.context(), this.id);
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void afterCompletion(int completion) {
					LostAnswerTests.this.completions.add(completion);
				}

			});
			this.pair.primary().link().cut(cut);
		});
	}

	private boolean isStored() throws SQLException {
		return ServerSql.query(this.pair.primary(), "select count(*) from entry where id = " + this.id,
				Integer.class) == 1;
	}

}
