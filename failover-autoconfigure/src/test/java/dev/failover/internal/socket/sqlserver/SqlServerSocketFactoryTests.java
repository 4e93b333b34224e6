package dev.failover.internal.socket.sqlserver;

import java.net.Socket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.SocketFactory;

import com.zaxxer.hikari.HikariConfig;
import dev.failover.dialect.sqlserver.SqlServerSettings;
import dev.failover.internal.socket.ConnectionSockets;
import dev.failover.internal.socket.DriverConnector;
import dev.failover.internal.socket.OwnedSocketFactory;
import dev.failover.stub.FaultyEndpoint;
import dev.failover.stub.FaultyEndpoint.Fault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link SqlServerSocketFactory} with mssql-jdbc and a silent server. The
 * driver alone would wait for ever.
 */
@Timeout(240)
final class SqlServerSocketFactoryTests {

	private static final AtomicReference<@Nullable String> argument = new AtomicReference<>();

	private final ConnectionSockets sockets = new ConnectionSockets();

	@ParameterizedTest
	@ValueSource(strings = { "encrypt=false", "encrypt=true", "encrypt=strict", "multiSubnetFailover=true" })
	void aLoginOnASilentServerIsFreeOnceItsSocketsAreClosed(String parameters) throws Exception {
		try (FaultyEndpoint server = new FaultyEndpoint(Fault.SILENT)) {
			CompletableFuture<Void> login = login(server, parameters + ";connectRetryCount=0");
			await().until(() -> server.connections() > 0);
			this.sockets.close(Runnable::run);
			await().atMost(Duration.ofSeconds(60)).until(login::isCompletedExceptionally);
			await().until(() -> server.connections() == 0);
		}
	}

	@Test
	void theFactoryOfTheUserCreatesTheSockets() throws Exception {
		argument.set(null);
		try (FaultyEndpoint server = new FaultyEndpoint(Fault.SILENT)) {
			CompletableFuture<Void> login = login(server, "encrypt=false;connectRetryCount=0;socketFactoryClass="
					+ OwnFactory.class.getName() + ";socketFactoryConstructorArg=its own");
			await().until(() -> server.connections() > 0);
			assertThat(argument).hasValue("its own");
			this.sockets.close(Runnable::run);
			await().atMost(Duration.ofSeconds(60)).until(login::isCompletedExceptionally);
		}
	}

	@Test
	void aFactoryOfTheUserThatDoesNotExistIsNamed() throws Exception {
		try (FaultyEndpoint server = new FaultyEndpoint(Fault.SILENT)) {
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> connect(server, "socketFactoryClass=com.example.Missing"))
				.withStackTraceContaining("com.example.Missing");
		}
	}

	private CompletableFuture<Void> login(FaultyEndpoint server, String parameters) {
		return CompletableFuture.runAsync(() -> {
			try {
				connect(server, parameters);
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	private void connect(FaultyEndpoint server, String parameters) throws SQLException {
		HikariConfig pool = new HikariConfig();
		pool.setJdbcUrl("jdbc:sqlserver://127.0.0.1:" + server.port() + ";databaseName=orders;" + parameters);
		pool.setDriverClassName("com.microsoft.sqlserver.jdbc.SQLServerDriver");
		new DriverConnector(pool, new Properties(), SqlServerSettings.dialect().driverSettings())
			.open(this.sockets, "app", "secret")
			.close();
	}

	/**
	 * Factory of a user. The driver creates it.
	 */
	public static final class OwnFactory extends OwnedSocketFactory {

		public OwnFactory(String text) {
			super(SocketFactory.getDefault(), new ConnectionSockets());
			argument.set(text);
		}

		@Override
		public Socket createSocket() {
			return new Socket();
		}

	}

}
