package dev.failover.internal.socket.mysql;

import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;

import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.protocol.StandardSocketFactory;
import com.zaxxer.hikari.HikariConfig;
import dev.failover.dialect.mysql.MySqlSettings;
import dev.failover.internal.socket.ConnectionSockets;
import dev.failover.internal.socket.DriverConnector;
import dev.failover.stub.StubMySqlServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MySqlSocketFactory}.
 */
final class MySqlSocketFactoryTests {

	private final ConnectionSockets sockets = new ConnectionSockets();

	@Test
	void theDriverCreatesTheSocketsOfAConnectionWithIt() throws Exception {
		try (StubMySqlServer server = new StubMySqlServer(null);
				Connection connection = connect(server, "");
				Statement statement = connection.createStatement()) {
			assertThat(statement.execute("select 1")).isTrue();
			this.sockets.close(Runnable::run);
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute("select 1"));
		}
	}

	@Test
	void theFactoryOfTheUserCreatesTheSockets() throws Exception {
		try (StubMySqlServer server = new StubMySqlServer(null);
				Connection connection = connect(server, "&argument=own&socketFactory=" + OwnFactory.class.getName());
				Statement statement = connection.createStatement()) {
			assertThat(statement.execute("select 1")).isTrue();
			assertThat(OwnFactory.argument).hasValue("own");
			this.sockets.close(Runnable::run);
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute("select 1"));
		}
	}

	@Test
	void aFactoryOfTheUserThatDoesNotExistIsNamed() throws Exception {
		try (StubMySqlServer server = new StubMySqlServer(null)) {
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> connect(server, "&socketFactory=com.example.Missing"))
				.withStackTraceContaining("com.example.Missing");
		}
	}

	private Connection connect(StubMySqlServer server, String parameters) throws SQLException {
		HikariConfig pool = new HikariConfig();
		pool.setJdbcUrl("jdbc:mysql://127.0.0.1:" + server.port() + "/orders?sslMode=DISABLED" + parameters);
		pool.setDriverClassName("com.mysql.cj.jdbc.Driver");
		return new DriverConnector(pool, new Properties(), MySqlSettings.create()).open(this.sockets, "user", "");
	}

	/**
	 * Factory of a user. The driver creates it.
	 */
	public static final class OwnFactory extends StandardSocketFactory {

		static final AtomicReference<@Nullable String> argument = new AtomicReference<>();

		@Override
		protected Socket createSocket(PropertySet properties) {
			argument.set(properties.getStringProperty("argument").getValue());
			return super.createSocket(properties);
		}

	}

}
