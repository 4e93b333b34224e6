package dev.failover.it.transaction;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import dev.failover.Mode;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.Application;
import dev.failover.it.ServerSql;
import dev.failover.transaction.NoWritableNodeException;
import dev.failover.transaction.NodeLostException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ApplicationContext;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of transactions whose node is lost before the commit.
 */
class TransactionTests {

	private final EmbeddedPair pair = EmbeddedPair.start();

	private Application application;

	private ApplicationContext beans;

	private void start(DataAccess access) {
		this.application = Application.startWith(access.configuration(), this.pair, "failover.read-only.mode=serve");
		this.beans = this.application.context();
		this.application.jdbc().execute("create table entry (id bigint primary key)");
		this.application.awaitReady();
		assertThat(this.beans.getBean(PlatformTransactionManager.class) instanceof JpaTransactionManager)
			.isEqualTo(access == DataAccess.JPA);
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
	void aTransactionWhoseNodeIsLostDuringAStatementIsSafeToRepeat(DataAccess access) throws Throwable {
		start(access);
		CompletableFuture<Void> work = CompletableFuture.runAsync(() -> inTransaction(() -> {
			access.insert(this.beans, 1);
			access.sleep(this.beans);
		}));
		this.application.await("a running statement", this::sleeping);
		this.pair.primary().kill();
		assertThatExceptionOfType(NodeLostException.class).isThrownBy(() -> join(work))
			.withMessageContainingAll("'primary'", "begin a new transaction");
		failOver();
		assertThat(ids(this.pair.mirror())).isEmpty();
		inTransaction(() -> access.insert(this.beans, 1));
		assertThat(ids(this.pair.mirror())).containsExactly(1L);
	}

	@ParameterizedTest
	@EnumSource
	void aWriteWhileNoNodeAcceptsWritesIsRefusedWithTheReason(DataAccess access) throws Throwable {
		start(access);
		this.pair.primary().kill();
		this.application.awaitMode(Mode.READ_ONLY);
		assertThatExceptionOfType(NoWritableNodeException.class)
			.isThrownBy(() -> inTransaction(() -> access.insert(this.beans, 1)))
			.withMessageContainingAll("'mirror' takes no writes", "mode READ_ONLY", "writes go to no node")
			.satisfies((ex) -> assertThat(ex.mode()).isEqualTo(Mode.READ_ONLY));
		failOver();
		inTransaction(() -> access.insert(this.beans, 1));
		assertThat(ids(this.pair.mirror())).containsExactly(1L);
	}

	@ParameterizedTest
	@EnumSource
	void aRetriedTransactionSucceedsAfterTheLossOfItsNode(DataAccess access) throws Throwable {
		start(access);
		RetryingService service = this.beans.getBean(RetryingService.class);
		CompletableFuture<Void> work = CompletableFuture.runAsync(() -> service.run(() -> {
			access.insert(this.beans, 1);
			if (service.attempts() == 1) {
				this.pair.primary().kill();
			}
			access.insert(this.beans, 2);
		}));
		this.application.await("attempts while no node takes writes", () -> service.attempts() > 4);
		this.pair.mirror().promote();
		join(work);
		assertThat(ids(this.pair.mirror())).containsExactly(1L, 2L);
	}

	private void inTransaction(Runnable work) {
		this.application.transactions(false).executeWithoutResult((status) -> work.run());
	}

	private boolean sleeping() throws SQLException {
		return ServerSql.query(this.pair.primary(),
				"select count(*) from pg_stat_activity where wait_event = 'PgSleep'", Integer.class) == 1;
	}

	private void failOver() {
		this.application.awaitMode(Mode.READ_ONLY);
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
		return ServerSql.queryForList(node, "select id from entry order by id", Long.class);
	}

}
