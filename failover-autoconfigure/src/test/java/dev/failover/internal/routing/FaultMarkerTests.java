package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;

import javax.sql.DataSource;

import dev.failover.Cause;
import dev.failover.ErrorClass;
import dev.failover.Mode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static dev.failover.internal.routing.StubNodePair.MIRROR;
import static dev.failover.internal.routing.StubNodePair.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link FaultMarker} and {@link TransactionFaults}, behind the proxies of
 * HikariCP: which call failed, and what the transaction remembers of it.
 */
@Timeout(60)
final class FaultMarkerTests {

	private final StubNodePair pair = new StubNodePair();

	@BeforeEach
	void useThePrimary() {
		this.pair.moveTo(PRIMARY);
	}

	@AfterEach
	void close() {
		this.pair.close();
	}

	@Test
	void anErrorOfACommitIsMarkedAsOne() throws Exception {
		this.pair.primary.fail("commit", "08006");
		try (Connection connection = this.pair.dataSource.getConnection()) {
			connection.setAutoCommit(false);
			NodeFaultException fault = fault(catchThrowableOfType(SQLException.class, connection::commit));
			assertThat(fault.isInCommit()).isTrue();
			assertThat(fault.isNothingSent()).isFalse();
			assertThat(fault.errorClass()).isEqualTo(ErrorClass.CONNECTION_LOST);
			assertThat(fault.node()).isEqualTo(PRIMARY);
		}
	}

	@ParameterizedTest
	@CsvSource({ "08003, true", "08006, false", "25006, false" })
	void anErrorOfAStatementSaysWhetherAnythingWasSent(String sqlState, boolean nothingWasSent) throws Exception {
		this.pair.primary.fail("insert", sqlState);
		try (Connection connection = this.pair.dataSource.getConnection()) {
			NodeFaultException fault = fault(failInsert(connection));
			assertThat(fault.getMessage()).isEqualTo("On node 'primary', in execute()");
			assertThat(fault.isInCommit()).isFalse();
			assertThat(fault.isNothingSent()).isEqualTo(nothingWasSent);
		}
	}

	@ParameterizedTest
	@CsvSource({ "57P03", "53300", "28P01", "23505" })
	void anErrorThatLosesNoWorkIsNotMarked(String sqlState) throws Exception {
		this.pair.primary.fail("insert", sqlState);
		try (Connection connection = this.pair.dataSource.getConnection()) {
			assertThat(NodeFaultException.in(failInsert(connection))).isEmpty();
		}
	}

	/** The session may have been made read-only on the node that the route has left. */
	@Test
	void aWriteThatIsRefusedAfterTheRouteHasLeftTheNodeIsMarkedWithItsCallOnly() throws Exception {
		this.pair.primary.fail("insert", "25006");
		try (Connection connection = this.pair.primaryPool.getConnection()) {
			this.pair.publish(this.pair.route()
				.next(MIRROR, List.of(MIRROR), Mode.FAILED_OVER, Instant.EPOCH, Cause.ROLE_CHANGED));
			NodeFaultException fault = fault(failInsert(connection));
			assertThat(fault.getMessage()).isEqualTo("On node 'primary', in execute()");
			assertThat(fault.isNodeReadOnly()).isTrue();
		}
	}

	@Test
	void aTransactionRemembersTheFirstErrorByWhichItLostItsNode() {
		this.pair.primary.fail("insert", "08006");
		this.pair.mirror.fail("insert", "08006");
		TransactionTemplate template = template(TransactionDefinition.PROPAGATION_REQUIRED);
		assertThatException().isThrownBy(() -> template.executeWithoutResult((status) -> {
			assertThat(TransactionFaults.current()).isEmpty();
			SQLException first = failInsert(DataSourceUtils.getConnection(this.pair.dataSource));
			assertThat(TransactionFaults.current()).containsSame(first);
			fault(failInsert(this.pair.mirrorPool.hikari()));
			assertThat(TransactionFaults.current()).containsSame(first);
		})).withStackTraceContaining("Connection is closed");
		assertThat(TransactionFaults.current()).isEmpty();
	}

	@Test
	void aTransactionForgetsAnErrorThatLosesNoWork() {
		this.pair.primary.fail("insert", "23505");
		template(TransactionDefinition.PROPAGATION_REQUIRED).executeWithoutResult((status) -> {
			failInsert(DataSourceUtils.getConnection(this.pair.dataSource));
			assertThat(TransactionFaults.current()).isEmpty();
		});
	}

	/** Spring synchronizes such work, too, but there is nothing to roll back. */
	@Test
	void workOutsideOfATransactionRemembersNothing() {
		this.pair.primary.fail("insert", "08006");
		template(TransactionDefinition.PROPAGATION_SUPPORTS).executeWithoutResult((status) -> {
			assertThat(TransactionSynchronizationManager.isSynchronizationActive()).isTrue();
			fault(failInsert(DataSourceUtils.getConnection(this.pair.dataSource)));
			assertThat(TransactionFaults.current()).isEmpty();
		});
	}

	private TransactionTemplate template(int propagation) {
		TransactionTemplate template = new TransactionTemplate(new JdbcTransactionManager(this.pair.dataSource));
		template.setPropagationBehavior(propagation);
		return template;
	}

	private static SQLException failInsert(Connection connection) {
		return catchThrowableOfType(SQLException.class, () -> {
			try (Statement statement = connection.createStatement()) {
				statement.execute("insert");
			}
		});
	}

	private static SQLException failInsert(DataSource dataSource) {
		try (Connection connection = dataSource.getConnection()) {
			return failInsert(connection);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static NodeFaultException fault(SQLException error) {
		assertThat(error.getSuppressed()).hasSize(1);
		return NodeFaultException.in(error).orElseThrow();
	}

}
