package dev.failover.dialect;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;

import dev.failover.ErrorClass;
import dev.failover.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link GenericDialect} on H2.
 */
final class GenericDialectTests {

	private static final String URL = "jdbc:h2:mem:generic";

	@Test
	void aServerThatAnswersAcceptsWrites() throws SQLException {
		assertThat(read(null)).isEqualTo(new Reading(Role.WRITABLE, null, null));
	}

	@Test
	void aSessionThatTheDriverCallsReadOnlyIsReadOnly() throws SQLException {
		try (Connection connection = DriverManager.getConnection(URL)) {
			assertThat(new GenericDialect("jdbc:h2:", null).read(readOnly(connection)).role())
				.isEqualTo(Role.READ_ONLY);
		}
	}

	private static Connection readOnly(Connection connection) {
		return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> method.getName().equals("isReadOnly")
						? Boolean.TRUE : method.invoke(connection, arguments));
	}

	@Test
	void aClosedConnectionIsNoAnswer() throws SQLException {
		Connection connection = DriverManager.getConnection(URL);
		connection.close();
		for (String query : new String[] { null, "select 'WRITABLE'" }) {
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> new GenericDialect("jdbc:h2:", query).read(connection))
				.satisfies((ex) -> assertThat(new GenericDialect("jdbc:h2:", null).classify(ex))
					.contains(ErrorClass.CONNECTION_LOST));
		}
	}

	@ParameterizedTest
	@CsvSource({ "WRITABLE, WRITABLE", "read_write, WRITABLE", "Read Write, WRITABLE", "READ_ONLY, READ_ONLY",
			"READ ONLY WITH APPLY, READ_ONLY", "' read-only ', READ_ONLY", "unusable, UNUSABLE" })
	void theQueryOfTheUserTellsTheRole(String answer, Role role) throws SQLException {
		assertThat(read("select '" + answer + "'")).isEqualTo(new Reading(role, null, null));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "select 'MOUNTED' | 'MOUNTED'", "select null | no value",
			"select 1 where false | no value", "select nonsense | 42S22 Column", "select true | 'TRUE'" })
	void anAnswerThatIsNoRoleIsUnknownAndReported(String query, String error) throws SQLException {
		Reading reading = read(query);
		assertThat(reading.role()).isEqualTo(Role.UNKNOWN);
		assertThat(reading.refusals()).singleElement().satisfies((refusal) -> {
			assertThat(refusal.part()).isEqualTo("failover.detection.role-query");
			assertThat(refusal.error()).contains(error);
			assertThat(refusal.consequence()).contains("WRITABLE, READ_ONLY or UNUSABLE");
		});
	}

	@Test
	void nothingIsKnownOfReplication() throws SQLException {
		try (Connection connection = DriverManager.getConnection(URL)) {
			Dialect dialect = new GenericDialect("jdbc:h2:", null);
			assertThat(dialect.tellsHistory()).isFalse();
			assertThat(dialect.readReplication(connection).receiving()).isNull();
			assertThat(dialect.committed(connection)).isNull();
			assertThat(dialect.forServer(connection)).isSameAs(dialect);
		}
	}

	@ParameterizedTest
	@MethodSource
	void classifiesByWhatStandardsDefine(SQLException error, @Nullable ErrorClass expected) {
		assertThat(new GenericDialect("jdbc:h2:", null).classify(error).orElse(null)).isEqualTo(expected);
	}

	static Stream<Arguments> classifiesByWhatStandardsDefine() {
		return Stream.of(Arguments.of(new SQLException("reset", "08S01"), ErrorClass.CONNECTION_LOST),
				Arguments.of(new SQLNonTransientConnectionException("broken", "90067"), ErrorClass.CONNECTION_LOST),
				Arguments.of(new SQLRecoverableException("closed"), ErrorClass.CONNECTION_LOST),
				Arguments.of(new SQLException("rejected", "08004"), ErrorClass.OVERLOADED),
				Arguments.of(new SQLException("wrong password", "28000"), ErrorClass.UNAUTHORIZED),
				Arguments.of(new SQLInvalidAuthorizationSpecException("denied", "S0001"), ErrorClass.UNAUTHORIZED),
				Arguments.of(new SQLException("read-only", "25006"), ErrorClass.READ_ONLY),
				Arguments.of(new SQLTransientConnectionException("pool exhausted"), null),
				Arguments.of(new SQLException("duplicate", "23505"), null), Arguments.of(new SQLException(), null));
	}

	private static Reading read(@Nullable String roleQuery) throws SQLException {
		try (Connection connection = DriverManager.getConnection(URL)) {
			return new GenericDialect("jdbc:h2:", roleQuery).read(connection);
		}
	}

}
