package dev.failover.test.stub;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Properties;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

final class FixedStubServerTests {

	private static final FixedStubServer SERVER = new FixedStubServer("jdbc:postgresql://fixed.stub:5432/test",
			(sql) -> sql.equals("select 1") ? StubRows.of(1, null) : StubRows.NONE);

	private final StubDriver driver = new StubDriver();

	@Test
	void statementsAreAnsweredFromMemory() throws SQLException {
		try (Connection connection = SERVER.connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("select 1")) {
			assertThat(row.next()).isTrue();
			assertThat(row.getInt(1)).isEqualTo(1);
			assertThat(row.getString(2)).isNull();
			assertThat(row.wasNull()).isTrue();
			assertThat(row.getMetaData().getColumnCount()).isEqualTo(2);
			assertThat(row.next()).isFalse();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> row.getInt(1));
		}
	}

	@Test
	void aUrlWithParametersLeadsToTheSameServer() throws SQLException {
		try (Connection connection = Objects
			.requireNonNull(this.driver.connect(SERVER.url() + "?socketTimeout=2", new Properties()))) {
			assertThat(connection.getMetaData().getURL()).isEqualTo(SERVER.url());
		}
	}

	@Test
	void methodsThatTheStubLeavesOutDoNothing() throws SQLException {
		try (Connection connection = SERVER.connect()) {
			connection.clearWarnings();
			assertThat((Object) connection.getWarnings()).isNull();
			assertThat(connection.getHoldability()).isZero();
		}
	}

	@Test
	void theDriverRefusesTheUrlsOfOtherServers() throws SQLException {
		assertThat(this.driver.acceptsURL("jdbc:postgresql://elsewhere:5432/test")).isFalse();
		assertThat((Object) this.driver.connect("jdbc:postgresql://elsewhere:5432/test", new Properties())).isNull();
	}

}
