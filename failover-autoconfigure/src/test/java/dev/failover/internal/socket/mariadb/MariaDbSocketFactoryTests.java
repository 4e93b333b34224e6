package dev.failover.internal.socket.mariadb;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;

import com.zaxxer.hikari.HikariConfig;
import dev.failover.dialect.mariadb.MariaDbSettings;
import dev.failover.internal.socket.ConnectionSockets;
import dev.failover.internal.socket.DriverConnector;
import dev.failover.stub.StubMySqlServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.util.ConfigurableSocketFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MariaDbSocketFactory}.
 */
final class MariaDbSocketFactoryTests {

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
		pool.setJdbcUrl("jdbc:mariadb://127.0.0.1:" + server.port() + "/orders?sslMode=disable" + parameters);
		pool.setDriverClassName("org.mariadb.jdbc.Driver");
		return new DriverConnector(pool, new Properties(), MariaDbSettings.create()).open(this.sockets, "user", "");
	}

	/**
	 * Factory of a user. The driver creates it.
	 */
	public static final class OwnFactory extends ConfigurableSocketFactory {

		static final AtomicReference<@Nullable String> argument = new AtomicReference<>();

		@Override
		public void setConfiguration(Configuration configuration, String host) {
			argument.set(configuration.nonMappedOptions().getProperty("argument"));
		}

		@Override
		public Socket createSocket() {
			return new Socket();
		}

		@Override
		public Socket createSocket(String host, int port) throws IOException {
			return new Socket(host, port);
		}

		@Override
		public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
			return new Socket(host, port);
		}

		@Override
		public Socket createSocket(InetAddress host, int port) throws IOException {
			return new Socket(host, port);
		}

		@Override
		public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
				throws IOException {
			return new Socket(host, port);
		}

	}

}
