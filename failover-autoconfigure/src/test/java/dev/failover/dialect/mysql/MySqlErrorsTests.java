package dev.failover.dialect.mysql;

import java.sql.SQLException;

import dev.failover.ErrorClass;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the classes of errors of MySQL and MariaDB.
 */
final class MySqlErrorsTests {

	private final MySqlDialect dialect = new MySqlDialect();

	/**
	 * Errors that real servers raise in each fault, with MySQL Connector/J, then with
	 * MariaDB Connector/J.
	 */
	@ParameterizedTest(name = "{0}: {1}/{2} is {3}")
	@CsvSource({ "killed or closed, 08S01, 0, CONNECTION_LOST", "killed or closed, 08000, -1, CONNECTION_LOST",
			"closed before, 08003, 0, CONNECTION_LOST", "closed before, 08000, 1220, CONNECTION_LOST",
			"server shuts down, 08S01, 1053, CONNECTION_LOST", "connection killed, 70100, 1927, CONNECTION_LOST",
			"closed for inactivity, HY000, 4031, CONNECTION_LOST", "wrong password, 28000, 1045, UNAUTHORIZED",
			"account locked in MariaDB, HY000, 4151, UNAUTHORIZED", "account locked, HY000, 3118, UNAUTHORIZED",
			"host not admitted, HY000, 1130, UNAUTHORIZED", "no such database, 42000, 1044, APPLICATION",
			"max_connections, 08004, 1040, OVERLOADED", "max_user_connections, 42000, 1226, OVERLOADED",
			"too many connections of the user, 42000, 1203, OVERLOADED",
			"read-only transaction, 25006, 1792, READ_ONLY", "read-only mode, HY000, 1836, READ_ONLY",
			"KILL QUERY, 70100, 1317, APPLICATION", "max_statement_time, 70100, 1969, APPLICATION",
			"query time-out, , 0, APPLICATION", "lock wait, 40001, 1205, APPLICATION",
			"lock wait, HY000, 1205, APPLICATION", "deadlock, 40001, 1213, APPLICATION",
			"duplicate key, 23000, 1062, APPLICATION", "Galera without quorum, 08S01, 1047, UNUSABLE" })
	void classifiesTheErrorOfEachFault(String fault, @Nullable String state, int code, ErrorClass expected) {
		SQLException error = new SQLException(fault, state, code);
		assertThat(this.dialect.classify(error).orElse(ErrorClass.APPLICATION)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					The MariaDB server is running with the --read-only option so it cannot execute this statement | READ_ONLY
					The MySQL server is running with the --super-read-only option so it cannot execute this statement | READ_ONLY
					Le serveur MySQL a démarré avec l'option --read_only. Impossible d'exécuter cette commande | READ_ONLY
					The MySQL server is running with the --secure-file-priv option so it cannot execute this | APPLICATION
					""")
	void aRefusedStatementIsTold(String message, ErrorClass expected) {
		SQLException error = new SQLException(message, "HY000", 1290);
		assertThat(this.dialect.classify(error).orElse(ErrorClass.APPLICATION)).isEqualTo(expected);
	}

	@Test
	void nothingIsSentOnAConnectionThatWasClosedBefore() {
		assertThat(this.dialect.nothingWasSent(new SQLException("closed", "08003"))).isTrue();
		assertThat(this.dialect.nothingWasSent(new SQLException("closed", "08000", 1220))).isTrue();
		assertThat(this.dialect.nothingWasSent(new SQLException("reset", "08000", -1))).isFalse();
		assertThat(this.dialect.nothingWasSent(new SQLException("reset", "08S01"))).isFalse();
	}

}
