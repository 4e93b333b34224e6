package dev.failover.internal.socket.postgresql;

import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.SocketFactory;

import com.zaxxer.hikari.HikariConfig;
import dev.failover.dialect.JdbcDriverSettings.SocketFactorySettings;
import dev.failover.dialect.postgresql.PostgresDialect;
import dev.failover.internal.socket.ConnectionSockets;
import dev.failover.internal.socket.DriverConnector;
import dev.failover.internal.socket.OwnedSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PostgresSocketFactory}.
 */
final class PostgresSocketFactoryTests {

	@Test
	void createsPlainSocketsByDefault() throws Exception {
		try (Socket socket = new PostgresSocketFactory(new Properties()).createSocket()) {
			assertThat(socket.getClass()).isEqualTo(Socket.class);
		}
	}

	@Test
	void theFactoryOfTheUserCreatesTheSocketsWithItsArgument() throws Exception {
		Properties info = new Properties();
		info.setProperty("socketFactory", PostgresSocketFactory.class.getName());
		info.setProperty(SocketFactorySettings.DELEGATE, OwnFactory.class.getName());
		info.setProperty("socketFactoryArg", "the argument");
		try (Socket socket = new PostgresSocketFactory(info).createSocket()) {
			assertThat(socket).isInstanceOf(OwnSocket.class);
			assertThat(OwnFactory.argument).hasValue("the argument");
		}
	}

	@Test
	void aFactoryOfTheUserThatDoesNotExistIsNamed() {
		Properties info = new Properties();
		info.setProperty(SocketFactorySettings.DELEGATE, "com.example.Missing");
		assertThatExceptionOfType(PSQLException.class).isThrownBy(() -> new PostgresSocketFactory(info))
			.withMessageContaining("com.example.Missing");
	}

	@Test
	void theDriverCreatesTheSocketsOfAConnectionWithIt() {
		ConnectionSockets sockets = new ConnectionSockets();
		sockets.close(Runnable::run);
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connect("", sockets))
			.havingRootCause()
			.withMessage("The connection was aborted");
	}

	@Test
	void theDriverCreatesTheSocketsOfAConnectionWithTheFactoryInTheUrl() {
		ConnectionSockets sockets = new ConnectionSockets();
		sockets.close(Runnable::run);
		String own = "?socketFactory=" + OwnFactory.class.getName() + "&socketFactoryArg=from%20the%20URL";
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connect(own, sockets))
			.havingRootCause()
			.withMessage("The connection was aborted");
		assertThat(OwnFactory.argument).hasValue("from the URL");
	}

	private static Connection connect(String parameters, ConnectionSockets sockets) throws SQLException {
		HikariConfig pool = new HikariConfig();
		pool.setJdbcUrl("jdbc:postgresql://localhost:1/orders" + parameters);
		pool.setDriverClassName("org.postgresql.Driver");
		return new DriverConnector(pool, new Properties(), new PostgresDialect().driverSettings()).open(sockets, "user",
				"password");
	}

	/**
	 * Factory of a user. The driver creates it.
	 */
	public static final class OwnFactory extends OwnedSocketFactory {

		static final AtomicReference<@Nullable String> argument = new AtomicReference<>();

		public OwnFactory(String argument) {
			super(SocketFactory.getDefault(), new ConnectionSockets());
			OwnFactory.argument.set(argument);
		}

		@Override
		public Socket createSocket() {
			return new OwnSocket();
		}

	}

	/**
	 * Socket of a user's factory.
	 */
	static final class OwnSocket extends Socket {

	}

}
