package dev.failover.it.transaction;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import dev.failover.Mode;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.embedded.Link;
import dev.failover.it.Application;
import dev.failover.transaction.CommitOutcomeUnknownException;
import dev.failover.transaction.NoWritableNodeException;
import dev.failover.transaction.NodeLostException;
import dev.failover.transaction.WriteOutcomeUnknownException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ApplicationContext;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What becomes of a transaction whose node is lost, and what the application is told.
 */
class TransactionTests {

	private final EmbeddedPair pair = EmbeddedPair.start();

	private final List<Integer> completions = new CopyOnWriteArrayList<>();

	private Application application;

	private ApplicationContext beans;

	private void start(Rows rows) {
		this.application = Application.startWith(rows.beans(), this.pair);
		this.beans = this.application.context();
		this.application.jdbc().execute("create table entry (id bigint primary key)");
		this.application.awaitReady();
		assertThat(this.beans.getBean(PlatformTransactionManager.class) instanceof JpaTransactionManager)
			.isEqualTo(rows == Rows.JPA);
	}

	@AfterEach
	void close() {
		if (this.application != null) {
			this.application.close();
		}
		this.pair.close();
	}

	@ParameterizedTest
	@EnumSource
	void whenTheAnswerToCommitIsLostTheOutcomeIsUnknownAndTheWorkIsThere(Rows rows) throws Throwable {
		start(rows);
		assertThatExceptionOfType(CommitOutcomeUnknownException.class)
			.isThrownBy(() -> commitThrough(rows, Link.Direction.TO_CLIENT))
			.withMessageContainingAll("'primary'", "may or may not be stored")
			.satisfies((ex) -> assertThat(ex.node()).isEqualTo("primary"));
		assertThat(this.completions).containsExactly(TransactionSynchronization.STATUS_UNKNOWN);
		failOver();
		assertThat(ids(this.pair.mirror())).containsExactly(1L);
	}

	@ParameterizedTest
	@EnumSource
	void whenCommitItselfIsLostTheOutcomeIsUnknownAndTheWorkIsNotThere(Rows rows) throws Throwable {
		start(rows);
		assertThatExceptionOfType(CommitOutcomeUnknownException.class)
			.isThrownBy(() -> commitThrough(rows, Link.Direction.TO_SERVER));
		assertThat(this.completions).containsExactly(TransactionSynchronization.STATUS_UNKNOWN);
		failOver();
		assertThat(ids(this.pair.mirror())).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void whenTheNodeDiesUnderAStatementTheTransactionIsLostAndSafeToRepeat(Rows rows) throws Throwable {
		start(rows);
		CompletableFuture<Void> work = CompletableFuture.runAsync(() -> inTransaction(() -> {
			rows.insert(this.beans, 1);
			rows.waitLong(this.beans);
		}));
		this.application.await("a running statement", this::sleeping);
		this.pair.primary().kill();
		assertThatExceptionOfType(NodeLostException.class).isThrownBy(() -> join(work))
			.withMessageContainingAll("'primary'", "begin a new transaction");
		failOver();
		assertThat(ids(this.pair.mirror())).isEmpty();
		inTransaction(() -> rows.insert(this.beans, 1));
		assertThat(ids(this.pair.mirror())).containsExactly(1L);
	}

	@ParameterizedTest
	@EnumSource
	void whileNoNodeTakesWritesAWriteIsRefusedAndSaysWhy(Rows rows) throws Throwable {
		start(rows);
		this.pair.primary().kill();
		this.application.awaitMode(Mode.READ_ONLY);
		assertThatExceptionOfType(NoWritableNodeException.class)
			.isThrownBy(() -> inTransaction(() -> rows.insert(this.beans, 1)))
			.withMessageContainingAll("'mirror' takes no writes", "mode READ_ONLY", "writes go to no node")
			.satisfies((ex) -> assertThat(ex.mode()).isEqualTo(Mode.READ_ONLY));
		failOver();
		inTransaction(() -> rows.insert(this.beans, 1));
		assertThat(ids(this.pair.mirror())).containsExactly(1L);
	}

	@ParameterizedTest
	@EnumSource(names = "JDBC")
	void whenTheAnswerToAWriteOutsideOfTransactionsIsLostItsOutcomeIsUnknown(Rows rows) throws Throwable {
		start(rows);
		this.pair.primary().link().cut(Link.Direction.TO_CLIENT);
		assertThatExceptionOfType(WriteOutcomeUnknownException.class).isThrownBy(() -> rows.insert(this.beans, 1));
		failOver();
		assertThat(ids(this.pair.mirror())).containsExactly(1L);
	}

	@ParameterizedTest
	@EnumSource
	void aRetriedTransactionOutlivesTheLossOfItsNode(Rows rows) throws Throwable {
		start(rows);
		Ledger ledger = this.beans.getBean(Ledger.class);
		CompletableFuture<Void> work = CompletableFuture.runAsync(() -> ledger.enter(() -> {
			rows.insert(this.beans, 1);
			if (ledger.attempts() == 1) {
				this.pair.primary().kill();
			}
			rows.insert(this.beans, 2);
		}));
		this.application.await("attempts while no node takes writes", () -> ledger.attempts() > 4);
		this.pair.mirror().promote();
		join(work);
		assertThat(ids(this.pair.mirror())).containsExactly(1L, 2L);
	}

	@ParameterizedTest
	@EnumSource
	void aTransactionOfUnknownOutcomeIsNotRetried(Rows rows) throws Throwable {
		start(rows);
		Ledger ledger = this.beans.getBean(Ledger.class);
		assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(() -> ledger.enter(() -> {
			rows.insert(this.beans, 1);
			this.pair.primary().link().cut(Link.Direction.TO_CLIENT);
		}));
		assertThat(ledger.attempts()).isOne();
		failOver();
		assertThat(ids(this.pair.mirror())).containsExactly(1L);
	}

	private void commitThrough(Rows rows, Link.Direction cut) {
		inTransaction(() -> {
			rows.insert(this.beans, 1);
			TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

				@Override
				public void afterCompletion(int status) {
					TransactionTests.this.completions.add(status);
				}

			});
			this.pair.primary().link().cut(cut);
		});
	}

	private void inTransaction(Runnable work) {
		new TransactionTemplate(this.beans.getBean(PlatformTransactionManager.class))
			.executeWithoutResult((status) -> work.run());
	}

	private boolean sleeping() throws SQLException {
		try (Connection connection = this.pair.primary().connect();
				Statement statement = connection.createStatement();
				ResultSet rows = statement
					.executeQuery("select count(*) from pg_stat_activity where wait_event = 'PgSleep'")) {
			return rows.next() && rows.getInt(1) == 1;
		}
	}

	private void failOver() {
		this.application.await("off the primary", () -> this.application.state().route().mode() != Mode.NORMAL);
		if (this.pair.primary().isRunning()) {
			this.pair.primary().kill();
		}
		this.pair.mirror().promote();
		this.application.awaitMode(Mode.FAILED_OVER);
	}

	private static void join(CompletableFuture<Void> work) throws Throwable {
		try {
			work.get(60, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			throw ex.getCause();
		}
	}

	private static List<Long> ids(EmbeddedNode node) throws SQLException {
		List<Long> ids = new ArrayList<>();
		try (Connection connection = node.connect();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("select id from entry order by id")) {
			while (rows.next()) {
				ids.add(rows.getLong(1));
			}
		}
		return ids;
	}

}
