package dev.failover.test.stub;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

final class StubServerTests {

	private final StubServer server = new StubServer();

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void executedStatementsAreCounted() throws SQLException {
		try (Connection connection = this.server.connect(); Statement statement = connection.createStatement()) {
			statement.execute("select 1");
			connection.prepareStatement("select 1").execute();
			connection.commit();
		}
		assertThat(this.server.executed("select 1")).isEqualTo(2);
		assertThat(this.server.executed("commit")).isEqualTo(1);
	}

	@Test
	void aStatementFailsUntilItIsAnsweredAgain() throws SQLException {
		try (Connection connection = this.server.connect(); Statement statement = connection.createStatement()) {
			this.server.fail("select 1", "57P01");
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute("select 1"))
				.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("57P01"));
			this.server.answer("select 1");
			assertThat(statement.execute("select 1")).isTrue();
		}
	}

	@Test
	void aSilentStatementFailsWhenItsConnectionIsAborted() throws SQLException {
		Connection connection = this.server.connect();
		this.server.ignore("select 1");
		CompletableFuture<Boolean> answer = CompletableFuture.supplyAsync(() -> execute(connection));
		connection.abort(Runnable::run);
		assertThat(answer.join()).isFalse();
		assertThat(this.server.aborts()).isEqualTo(1);
		assertThat(this.server.open()).isZero();
	}

	@Test
	void openConnectionsFallSilentAndNewOnesWork() throws SQLException {
		Connection silent = this.server.connect();
		this.server.ignoreOnOpenConnections();
		CompletableFuture<Boolean> answer = CompletableFuture.supplyAsync(() -> execute(silent));
		try (Connection fresh = this.server.connect()) {
			assertThat(fresh.isValid(1)).isTrue();
		}
		silent.close();
		assertThat(answer.join()).isFalse();
		assertThat(silent.isValid(1)).isFalse();
	}

	@Test
	void connectionsAreRefusedUntilTheServerAcceptsAgain() throws SQLException {
		this.server.refuse("57P03");
		assertThatExceptionOfType(SQLException.class).isThrownBy(this.server::connect)
			.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("57P03"));
		this.server.accept();
		this.server.connect().close();
		assertThat(this.server.connects()).isEqualTo(2);
	}

	@Test
	void aClosedServerRefusesConnections() {
		this.server.close();
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> new StubDriver().connect(this.server.url(), new Properties()))
			.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("08001"));
	}

	private static boolean execute(Connection connection) {
		try (Statement statement = connection.createStatement()) {
			return statement.execute("select 1");
		}
		catch (SQLException ex) {
			return false;
		}
	}

}
