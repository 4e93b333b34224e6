package dev.failover.dialect.sqlserver;

import java.sql.SQLException;

import dev.failover.ErrorClass;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SqlServerErrors}. The codes are from Microsoft's documentation; the
 * SQLStates are those that mssql-jdbc gives them.
 */
final class SqlServerErrorsTests {

	private final SqlServerDialect dialect = new SqlServerDialect();

	@ParameterizedTest
	@CsvSource({ "3906, READ_ONLY", "3908, READ_ONLY", "596, CONNECTION_LOST", "6005, CONNECTION_LOST",
			"17188, CONNECTION_LOST", "40197, CONNECTION_LOST", "976, STARTING_UP", "978, STARTING_UP",
			"983, STARTING_UP", "988, STARTING_UP", "954, STARTING_UP", "4060, STARTING_UP", "40613, STARTING_UP",
			"18401, STARTING_UP", "17187, STARTING_UP", "10928, OVERLOADED", "17142, OVERLOADED", "17809, OVERLOADED",
			"40501, OVERLOADED", "979, UNAUTHORIZED", "18456, UNAUTHORIZED", "18470, UNAUTHORIZED",
			"18486, UNAUTHORIZED", "18488, UNAUTHORIZED" })
	void theCodeTellsTheClassWhateverTheStateIs(int code, ErrorClass expected) {
		for (String state : new String[] { "S0001", "42000", "08001" }) {
			assertThat(this.dialect.classify(new SQLException("refused", state, code))).hasValue(expected);
		}
	}

	/**
	 * Deadlock, unique key, permission denied, lock time-out, unknown object.
	 */
	@ParameterizedTest
	@CsvSource({ "1205, 40001", "2627, 23000", "300, S0001", "1222, S0051", "208, S0002" })
	void otherErrorsOfAServerSayNothingAboutTheNode(int code, String state) {
		assertThat(this.dialect.classify(new SQLException("failed", state, code))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "08S01, CONNECTION_LOST", "08006, CONNECTION_LOST", "08001, CONNECTION_LOST", "HY008, ", ", " })
	void theStateTellsTheClassOfErrorsOfTheDriver(@Nullable String state, @Nullable ErrorClass expected) {
		assertThat(this.dialect.classify(new SQLException("failed", state)).orElse(null)).isEqualTo(expected);
	}

}
