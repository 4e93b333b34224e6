package dev.failover.dialect.postgresql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

import dev.failover.ErrorClass;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PostgresDialect}.
 */
final class PostgresDialectTests {

	private final PostgresDialect dialect = new PostgresDialect();

	/**
	 * SQLStates that real servers and pgjdbc raise in each fault.
	 */
	@ParameterizedTest(name = "{0}: {1} is {2}")
	@CsvSource({ "kill of the postmaster: executing, 08006, CONNECTION_LOST",
			"kill of the postmaster: idle, 57P01, CONNECTION_LOST", "kill: new connection, 08001, CONNECTION_LOST",
			"kill of another backend: new connection, 57P03, STARTING_UP", "stop fast, 57P01, CONNECTION_LOST",
			"stop immediate, 57P02, CONNECTION_LOST", "stop smart: new connection, 57P03, STARTING_UP",
			"frozen or dropped: read timed out, 08006, CONNECTION_LOST",
			"frozen: cause of the pool's time-out, 08003, CONNECTION_LOST",
			"pg_terminate_backend, 57P01, CONNECTION_LOST", "starting up, 57P03, STARTING_UP",
			"max_connections, 53300, OVERLOADED", "wrong password, 28P01, UNAUTHORIZED",
			"no such role, 28000, UNAUTHORIZED", "the driver's rejected login, 08004, UNAUTHORIZED",
			"no such database, 3D000, APPLICATION", "statement_timeout, 57014, APPLICATION",
			"lock_timeout, 55P03, APPLICATION", "deadlock, 40P01, APPLICATION",
			"idle-in-transaction time-out, 25P03, APPLICATION", "idle-session time-out, 57P05, APPLICATION",
			"recovery conflict, 40001, APPLICATION", "constraint, 23505, APPLICATION",
			"write on a standby, 25006, READ_ONLY", "serializable on a standby, 0A000, APPLICATION",
			"disk full, 53100, APPLICATION", "out of memory, 53200, APPLICATION", "syntax, 42601, APPLICATION",
			"pgBouncer: server conn crashed, 08P01, CONNECTION_LOST",
			"FATAL: no more connections allowed (max_client_conn), 08P01, OVERLOADED",
			"FATAL: client connections exceeded (max_db_client_connections), 08P01, OVERLOADED",
			"FATAL: server login has been failing (server_login_retry), 08P01, CONNECTION_LOST",
			"pgBouncer: prepared statement exists, 42P05, APPLICATION" })
	void classifiesTheErrorOfEachFault(String fault, String sqlState, ErrorClass expected) {
		SQLException error = new SQLException(fault, sqlState);
		assertThat(this.dialect.classify(error).orElse(ErrorClass.APPLICATION)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "GetSerializableTransactionSnapshot, REFUSED_BY_REPLICA", "exec_simple_query, APPLICATION" })
	void tellsARefusedSerializableTransactionByTheRoutineOfTheServer(String routine, ErrorClass expected) {
		SQLException error = new ServerException("Serialisierbarer Modus kann nicht verwendet werden", routine);
		assertThat(this.dialect.classify(error).orElse(ErrorClass.APPLICATION)).isEqualTo(expected);
		assertThat(this.dialect.classify(new SQLException("not implemented", "0A000"))).isEmpty();
	}

	@Test
	void leavesErrorsWithoutSqlStateToTheNextClassifier() {
		assertThat(this.dialect.classify(new SQLException("Connection is not available"))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "jdbc:postgresql://db1/orders, true", "jdbc:postgresql:orders, true", "jdbc:mysql://db1/orders, false",
			"jdbc:postgresqlx://db1/orders, false", "'', false" })
	void supportsItsOwnUrls(String url, boolean supported) {
		assertThat(this.dialect.supports(url)).isEqualTo(supported);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0.01S", "PT1S", "PT30S" })
	void anAbandonedLoginEndsAfterTheDeadline(Duration deadline) {
		Properties properties = this.dialect.driverSettings().probeProperties("jdbc:postgresql://db1/orders", deadline);
		for (String name : new String[] { "connectTimeout", "socketTimeout" }) {
			assertThat(Duration.ofSeconds(Long.parseLong(properties.getProperty(name)))).isGreaterThan(deadline);
		}
		assertThat(properties).containsEntry("loginTimeout", "0");
	}

	@Test
	void boundsConnectingWhereTheUrlDoesNot() {
		Duration timeout = Duration.ofSeconds(3);
		assertThat(this.dialect.driverSettings().connectProperties("jdbc:postgresql://db1/orders", timeout))
			.containsOnly(Map.entry("connectTimeout", "3"), Map.entry("loginTimeout", "3"),
					Map.entry("cancelSignalTimeout", "2"));
		assertThat(this.dialect.driverSettings()
			.connectProperties("jdbc:postgresql://db1/orders?connectTimeout=7", timeout))
			.containsOnlyKeys("loginTimeout", "cancelSignalTimeout");
		assertThat(
				this.dialect.driverSettings().connectProperties("jdbc:postgresql://db1/orders", Duration.ofMillis(250)))
			.containsEntry("connectTimeout", "1");
	}

	@Test
	void readsTheSocketTimeoutOfTheUrlBeforeThatOfTheProperties() {
		Properties properties = new Properties();
		assertThat(socketTimeout("jdbc:postgresql://db/x", properties)).isNull();
		properties.setProperty("socketTimeout", "7");
		assertThat(socketTimeout("jdbc:postgresql://db/x", properties)).hasSeconds(7);
		assertThat(socketTimeout("jdbc:postgresql://db/x?ssl=true&socketTimeout=3", properties)).hasSeconds(3);
	}

	private static @Nullable Duration socketTimeout(String url, Properties properties) {
		return new PostgresDialect().driverSettings().timeouts(url, properties).socket();
	}

	/**
	 * Error with the fields that pgjdbc's has.
	 */
	public static final class ServerException extends SQLException {

		private static final long serialVersionUID = 1L;

		private final String routine;

		ServerException(String message, String routine) {
			super(message, "0A000");
			this.routine = routine;
		}

		public ServerMessage getServerErrorMessage() {
			return new ServerMessage(this.routine);
		}

	}

	/**
	 * Fields of an error that a server has sent.
	 *
	 * @param routine the server's routine that has raised it
	 */
	public record ServerMessage(String routine) {

		public String getRoutine() {
			return this.routine;
		}

	}

}
