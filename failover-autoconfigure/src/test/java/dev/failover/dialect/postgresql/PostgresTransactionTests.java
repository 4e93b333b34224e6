package dev.failover.dialect.postgresql;

import java.sql.Connection;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PostgresTransaction}.
 */
final class PostgresTransactionTests {

	private static final String SELECT = "select b, c";

	private final PreparingSession session = new PreparingSession();

	private final Connection connection = this.session.connection();

	private final PostgresTransaction transaction = new PostgresTransaction();

	@Test
	void aStatementIsSentWithItsTransactionInOneCall() throws SQLException {
		assertThat(ask(SELECT)).isEqualTo(SELECT);
		assertThat(this.session.executed()).singleElement()
			.asString()
			.startsWith("start transaction isolation level read committed; set local statement_timeout = 0; ")
			.endsWith("; select b, c; commit");
	}

	@Test
	void nothingIsPreparedInASessionThatMayBeShared() throws SQLException {
		for (int i = 0; i < 5; i++) {
			ask(SELECT);
		}
		assertThat(this.session.prepared()).isEmpty();
	}

	@Test
	void aSelectIsPreparedOnceAndExecutedInOneCallEachTime() throws SQLException {
		this.transaction.prepareOn(this.connection);
		for (int i = 0; i < 5; i++) {
			this.transaction.prepareOn(this.connection);
			assertThat(ask(SELECT)).isEqualTo(SELECT);
			assertThat(ask("select d")).isEqualTo("select d");
		}
		assertThat(this.session.prepared().values()).containsExactlyInAnyOrder(SELECT, "select d");
		assertThat(this.session.executed()).hasSize(10);
		assertThat(this.session.executed().subList(2, 10)).noneMatch((text) -> text.contains("select"));
	}

	@Test
	void anotherConnectionPreparesForItself() throws SQLException {
		this.transaction.prepareOn(this.connection);
		ask(SELECT);
		PreparingSession other = new PreparingSession();
		Connection fresh = other.connection();
		assertThat(this.transaction.execute(fresh, SELECT)).containsExactly(SELECT);
		assertThat(other.prepared()).isEmpty();
		this.transaction.prepareOn(fresh);
		assertThat(this.transaction.execute(fresh, SELECT)).containsExactly(SELECT);
		assertThat(other.prepared()).hasSize(1);
	}

	@Test
	void aPreparedStatementThatIsGoneIsNoErrorAndEndsPreparing() throws SQLException {
		this.transaction.prepareOn(this.connection);
		ask(SELECT);
		this.session.prepared().clear();
		assertThat(ask(SELECT)).isEqualTo(SELECT);
		assertThat(this.session.executed()).contains("rollback");
		this.transaction.prepareOn(this.connection);
		assertThat(ask(SELECT)).isEqualTo(SELECT);
		assertThat(this.session.prepared()).isEmpty();
	}

	@Test
	void aPreparedStatementThatExistsAlreadyIsNoErrorAndEndsPreparing() throws SQLException {
		this.transaction.prepareOn(this.connection);
		ask(SELECT);
		Connection other = this.session.connection();
		this.transaction.prepareOn(other);
		assertThat(this.transaction.execute(other, SELECT)).containsExactly(SELECT);
		int before = this.session.executed().size();
		assertThat(this.transaction.execute(other, SELECT)).containsExactly(SELECT);
		assertThat(this.session.executed().subList(before, before + 1)).noneMatch((text) -> text.contains("execute"));
	}

	@Test
	void anErrorOfTheSelectItselfIsThrownAndDoesNotEndPreparing() throws SQLException {
		this.transaction.prepareOn(this.connection);
		ask("select d");
		this.session.refuse("prepare", "42501");
		this.session.refuse(SELECT, "42501");
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> ask(SELECT))
			.withMessage("'select b, c' is refused");
		ask("select d");
		assertThat(this.session.executed().get(this.session.executed().size() - 1)).contains("execute");
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "08006", "57P01" })
	void aLostConnectionIsNotAskedAgain(@Nullable String sqlState) {
		this.transaction.prepareOn(this.connection);
		this.session.refuse("prepare", sqlState);
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> ask(SELECT));
		assertThat(this.session.executed()).hasSize(1);
	}

	@Test
	void aClosedConnectionIsNotAskedAgain() {
		this.transaction.prepareOn(this.connection);
		this.session.refuse("prepare", "25P03");
		this.session.close();
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> ask(SELECT));
		assertThat(this.session.executed()).hasSize(1);
	}

	@Test
	void aRollbackThatFailsIsPartOfTheError() {
		this.transaction.prepareOn(this.connection);
		this.session.refuse("prepare", "26000");
		this.session.refuse("rollback", "08006");
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> ask(SELECT))
			.satisfies((error) -> assertThat(error.getSuppressed()).hasSize(1));
	}

	@Test
	void aSessionPreparesFewSelects() throws SQLException {
		this.transaction.prepareOn(this.connection);
		for (int i = 0; i < 100; i++) {
			assertThat(ask("select " + i)).isEqualTo("select " + i);
		}
		assertThat(this.session.prepared()).hasSize(16);
	}

	private @Nullable String ask(String select) throws SQLException {
		return this.transaction.execute(this.connection, select).get(0);
	}

}
