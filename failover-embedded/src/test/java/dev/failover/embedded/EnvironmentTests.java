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
 * Tests for the environment variables of one node's server processes.
 */
class EnvironmentTests {

	@Test
	void variablesOfOneNodeReachItsServerAloneHoweverOftenItStarts() throws SQLException {
		try (EmbeddedPair pair = EmbeddedPair.builder()
			.environment("mirror", Map.of("COLOUR", "it's \"green\"", "SHAPE", ""))
			.start()) {
			expect(pair.mirror(), "it's \"green\"");
			pair.mirror().kill();
			pair.mirror().start();
			expect(pair.mirror(), "it's \"green\"");
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> expect(pair.primary(), "it's \"green\""));
			pair.mirror().promote();
			expect(pair.mirror(), "it's \"green\"");
			assertThat(pair.primary().isRunning()).isTrue();
		}
	}

	@Test
	void whatIsNoNodeOrNoVariableIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EmbeddedPair.builder().environment("replica", Map.of()).start())
			.withMessage("There is no node 'replica'");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EmbeddedPair.builder().environment("mirror", Map.of("A=B", "c")).start())
			.withMessageContaining("A=B");
	}

	/**
	 * Ask a shell that the server starts: it fails the statement if the variable is
	 * another.
	 */
	private static void expect(EmbeddedNode node, String value) throws SQLException {
		try (Connection connection = node.connect(); Statement statement = connection.createStatement()) {
			String test = "cat >/dev/null; test \"$COLOUR\" = '" + value.replace("'", "'\\''") + "'";
			statement.execute("COPY (SELECT 1) TO PROGRAM " + statement.enquoteLiteral(test));
		}
	}

}
