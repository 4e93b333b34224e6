package dev.failover.it.transaction;

import java.sql.Connection;
import java.sql.SQLException;

import dev.failover.Mode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.Application;
import dev.failover.it.ServerSql;
import dev.failover.transaction.NoWritableNodeException;
import dev.failover.transaction.NodeLostException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of writes in sessions and transactions that the application made read-only
 * itself, and of one that a demoted server refuses.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class OwnReadOnlyTests {

	@AutoClose
	private final EmbeddedPair pair = EmbeddedPair.start();

	private Application application;

	@BeforeAll
	void start() {
		this.application = Application.start(this.pair, "failover.read-only.mode=serve",
				"spring.datasource.hikari.maximum-pool-size=1");
		this.application.jdbc().execute("create table entry (id bigint primary key)");
		this.application.awaitReady();
	}

	@AfterAll
	void close() {
		this.application.close();
	}

	@Test
	@Order(1)
	void aWriteOnAConnectionThatWasSetReadOnlyFailsAsWithoutFailover() {
		assertThatExceptionOfType(UncategorizedSQLException.class)
			.isThrownBy(() -> this.application.transactions(false)
				.executeWithoutResult((status) -> this.application.jdbc().execute(readOnlyWrite())))
			.satisfies((ex) -> assertThat(ex.getSQLException().getSQLState()).isEqualTo("25006"));
		assertWhole();
	}

	private static ConnectionCallback<Object> readOnlyWrite() {
		return (connection) -> {
			connection.rollback();
			connection.setReadOnly(true);
			try {
				return insert(connection);
			}
			finally {
				connection.rollback();
				connection.setReadOnly(false);
			}
		};
	}

	private static Object insert(Connection connection) throws SQLException {
		try (var statement = connection.createStatement()) {
			return statement.executeUpdate("insert into entry (id) values (0)");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "set transaction read only", "set local transaction_read_only = on" })
	@Order(2)
	void aWriteInATransactionThatWasSetReadOnlyFailsAsWithoutFailover(String sql) {
		assertThatExceptionOfType(UncategorizedSQLException.class)
			.isThrownBy(() -> this.application.transactions(false).executeWithoutResult((status) -> {
				this.application.jdbc().execute(sql);
				this.application.jdbc().update("insert into entry (id) values (0)");
			}))
			.satisfies((ex) -> assertThat(ex.getSQLException().getSQLState()).isEqualTo("25006"));
		assertWhole();
	}

	@Test
	@Order(3)
	void aWriteOutsideOfTransactionsInASessionThatWasSetReadOnlyFailsAsWithoutFailover() {
		this.application.jdbc().execute("set session characteristics as transaction read only");
		assertThatExceptionOfType(UncategorizedSQLException.class)
			.isThrownBy(() -> this.application.jdbc().update("insert into entry (id) values (0)"));
		this.application.jdbc().execute("set session characteristics as transaction read write");
		assertWhole();
	}

	@Test
	@Order(4)
	void aLossInANestedTransactionIsALossOfTheWholeTransaction() throws Exception {
		TransactionTemplate nested = (TransactionTemplate) this.application.transactions(false);
		nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
		assertThatExceptionOfType(NodeLostException.class).isThrownBy(() -> this.application.transactions(false)
			.executeWithoutResult((status) -> assertThatExceptionOfType(TransactionSystemException.class)
				.isThrownBy(() -> nested.executeWithoutResult((inner) -> {
					this.application.jdbc().update("insert into entry (id) values (0)");
					this.application.jdbc().execute("select pg_terminate_backend(pg_backend_pid())");
				}))));
		this.application.awaitMode(Mode.NORMAL);
		assertThat(ServerSql.query(this.pair.primary(), "select count(*) from entry", Integer.class)).isZero();
	}

	/** The suspicion of this write tells of the demotion: probes are rare. */
	@Test
	@Order(5)
	void aWriteThatADemotedServerRefusesIsSafeToRepeat() throws Exception {
		ServerSql.execute(this.pair.primary(), "alter system set default_transaction_read_only = on",
				"select pg_reload_conf()");
		this.application.await("the setting in the pool's session", () -> "on".equals(this.application.jdbc()
			.queryForObject("select current_setting('default_transaction_read_only')", String.class)));
		assertThatExceptionOfType(NoWritableNodeException.class)
			.isThrownBy(() -> this.application.jdbc().update("insert into entry (id) values (0)"));
		this.application.awaitMode(Mode.READ_ONLY);
	}

	private void assertWhole() {
		assertThat(this.application.state().route().mode()).isEqualTo(Mode.NORMAL);
		this.application.jdbc().update("delete from entry");
	}

}
