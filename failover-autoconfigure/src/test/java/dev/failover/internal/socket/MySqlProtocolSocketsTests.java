package dev.failover.internal.socket;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;

import com.zaxxer.hikari.HikariConfig;
import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.stub.StubMySqlServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the socket factory of a driver that speaks the protocol of MySQL.
 */
public abstract class MySqlProtocolSocketsTests {

	/** Value of the parameter {@code argument} that the user's own factory was given. */
	protected static final AtomicReference<@Nullable String> argument = new AtomicReference<>();

	private final ConnectionSockets sockets = new ConnectionSockets();

	private final JdbcDriverSettings settings;

	private final String driver;

	private final String scheme;

	private final Class<?> ownFactory;

	/**
	 * Creates the tests of one driver.
	 * @param driver class of the driver
	 * @param scheme beginning of its URLs
	 * @param ownFactory factory of a user, which sets {@link #argument}
	 */
	protected MySqlProtocolSocketsTests(JdbcDriverSettings settings, String driver, String scheme,
			Class<?> ownFactory) {
		this.settings = settings;
		this.driver = driver;
		this.scheme = scheme;
		this.ownFactory = ownFactory;
	}

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
		argument.set(null);
		try (StubMySqlServer server = new StubMySqlServer(null);
				Connection connection = connect(server, "&argument=own&socketFactory=" + this.ownFactory.getName());
				Statement statement = connection.createStatement()) {
			assertThat(statement.execute("select 1")).isTrue();
			assertThat(argument).hasValue("own");
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
		pool.setJdbcUrl(this.scheme + "://127.0.0.1:" + server.port() + "/orders?sslMode=disabled" + parameters);
		pool.setDriverClassName(this.driver);
		return new DriverConnector(pool, new Properties(), this.settings).open(this.sockets, "user", "");
	}

}
