package dev.failover.sample.problem;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

/**
 * Tests of {@link CommitWatch} with the transaction managers that it serves.
 */
final class CommitWatchTests {

	private static final SQLException LOST = new SQLException("An I/O error occurred", "08006");

	private static final SQLException CLOSED = new SQLException("Connection is closed");

	private final Connection connection = mock();

	private final DataSource dataSource = mock();

	private final JdbcTransactionManager manager = new JdbcTransactionManager(this.dataSource);

	private final TransactionTemplate transaction = new TransactionTemplate(this.manager);

	@BeforeEach
	void connect() throws SQLException {
		given(this.dataSource.getConnection()).willReturn(this.connection);
		this.manager.setTransactionExecutionListeners(List.of(new CommitWatch()));
	}

	@Test
	void aCommitWhoseRollbackFailsTooIsUnknown() throws SQLException {
		willThrow(LOST).given(this.connection).commit();
		willThrow(CLOSED).given(this.connection).rollback();
		assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(this::work)
			.satisfies((ex) -> assertThat(DatabaseFault.of(ex)).contains(DatabaseFault.OUTCOME_UNKNOWN));
	}

	@Test
	void aCommitThatFailsWithoutRollbackIsUnknown() throws SQLException {
		DataSourceTransactionManager untranslated = new DataSourceTransactionManager(this.dataSource);
		untranslated.setTransactionExecutionListeners(List.of(new CommitWatch()));
		willThrow(LOST).given(this.connection).commit();
		assertThatExceptionOfType(CommitOutcomeUnknownException.class)
			.isThrownBy(() -> new TransactionTemplate(untranslated).executeWithoutResult((status) -> {
			}));
	}

	@Test
	void aCommitThatWasRefusedAndRolledBackIsKnown() throws SQLException {
		willThrow(new SQLException("could not serialize", "40001")).given(this.connection).commit();
		assertThatExceptionOfType(CannotAcquireLockException.class).isThrownBy(this::work);
	}

	@Test
	void workThatIsLostBeforeItsCommitIsKnown() throws SQLException {
		willThrow(CLOSED).given(this.connection).rollback();
		assertThatExceptionOfType(TransactionSystemException.class)
			.isThrownBy(() -> this.transaction.executeWithoutResult((status) -> {
				throw new IllegalStateException("lost");
			}))
			.satisfies((ex) -> assertThat(DatabaseFault.of(ex)).contains(DatabaseFault.CONNECTION_LOST));
	}

	@Test
	void aReadHasNoOutcomeToKnow() throws SQLException {
		willThrow(LOST).given(this.connection).commit();
		willThrow(CLOSED).given(this.connection).rollback();
		this.transaction.setReadOnly(true);
		assertThatExceptionOfType(TransactionSystemException.class).isThrownBy(this::work)
			.isNotInstanceOf(CommitOutcomeUnknownException.class);
	}

	@Test
	void theNextTransactionOfTheThreadStartsAnew() throws SQLException {
		willThrow(LOST).willDoNothing().given(this.connection).commit();
		willThrow(CLOSED).given(this.connection).rollback();
		assertThatExceptionOfType(CommitOutcomeUnknownException.class).isThrownBy(this::work);
		assertThatNoException().isThrownBy(this::work);
	}

	private void work() {
		this.transaction.executeWithoutResult((status) -> {
		});
	}

}
