package dev.failover.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link EmbeddedPair.Builder#environment(String, java.util.Map)}.
 */
class ServerEnvironmentTests {

	@Test
	void variablesApplyToTheServerOfOneNodeAtEveryStart() throws SQLException {
		try (EmbeddedPair pair = EmbeddedPair.builder()
			.environment("mirror", Map.of("COLOUR", "it's \"green\"", "SHAPE", ""))
			.start()) {
			requireColour(pair.mirror(), "it's \"green\"");
			pair.mirror().kill();
			pair.mirror().start();
			requireColour(pair.mirror(), "it's \"green\"");
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> requireColour(pair.primary(), "it's \"green\""));
			pair.mirror().promote();
			requireColour(pair.mirror(), "it's \"green\"");
			assertThat(pair.primary().isRunning()).isTrue();
		}
	}

	@Test
	void unknownNodesAndInvalidVariablesAreRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EmbeddedPair.builder().environment("replica", Map.of()).start())
			.withMessage("There is no node 'replica', only [primary, mirror]");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EmbeddedPair.builder().environment("mirror", Map.of("A=B", "c")).start())
			.withMessageContaining("A=B");
	}

	/**
	 * Check the value in a shell that the server starts. The statement fails if the shell
	 * has another value.
	 */
	private static void requireColour(EmbeddedNode node, String value) throws SQLException {
		try (Connection connection = node.connect(); Statement statement = connection.createStatement()) {
			String test = "cat >/dev/null; test \"$COLOUR\" = '" + value.replace("'", "'\\''") + "'";
			statement.execute("COPY (SELECT 1) TO PROGRAM " + statement.enquoteLiteral(test));
		}
	}

}
