package dev.failover.internal.routing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.failover.Node;
import dev.failover.Route;
import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.internal.error.ErrorClassification;
import dev.failover.stub.StubDialect;
import dev.failover.test.stub.StubDriver;
import dev.failover.test.stub.StubServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PoolExamination}.
 */
@Timeout(60)
final class PoolExaminationTests {

	private final ExecutorService workers = Executors.newCachedThreadPool();

	private final StubServer server = new StubServer();

	private final HikariConfig config = new HikariConfig();

	private @Nullable NodePool pool;

	PoolExaminationTests() {
		this.config.setJdbcUrl(this.server.url());
		this.config.setDriverClassName(StubDriver.class.getName());
		this.config.setMaximumPoolSize(1);
		this.config.setConnectionTimeout(15_000);
	}

	@AfterEach
	void close() {
		if (this.pool != null) {
			this.pool.close();
		}
		this.workers.shutdownNow();
		this.server.close();
	}

	@Test
	void aPoolWorksWhoseFirstConnectionWasLostWhileItWasExamined() throws SQLException {
		try (Connection connection = start().getConnection()) {
			assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
			assertThat(connection.getNetworkTimeout()).isEqualTo(this.server.connect().getNetworkTimeout());
		}
	}

	@Test
	void theConfiguredIsolationRemains() throws SQLException {
		this.config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
		try (Connection connection = start().getConnection()) {
			assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
		}
	}

	/** What is mended: as long as this holds, the product must anticipate it. */
	@Test
	void hikariAloneOpensNoConnectionAnyMore() {
		this.config.setConnectionTimeout(1_000);
		this.config.setInitializationFailTimeout(-1);
		this.config.setDataSource(losingTheFirst(new SimpleDriverDataSource(new StubDriver(), this.server.url())));
		try (HikariDataSource alone = new HikariDataSource(this.config)) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(alone::getConnection);
		}
	}

	/**
	 * HikariCP keeps the isolation and the time-out of its first connection, which is a
	 * placeholder if the node is lost when the application starts.
	 */
	@Test
	void aPoolThatExaminedAPlaceholderHasTheValuesOfTheServer() throws SQLException {
		NodePool started = startInQuarantine(UnaryOperator.identity());
		try (Connection connection = started.getConnection()) {
			assertThat(connection.getNetworkTimeout()).isEqualTo(StubServer.NETWORK_TIMEOUT);
			connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
		}
		try (Connection connection = started.getConnection()) {
			assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
		}
	}

	/** The configured isolation is the placeholder's, but not that of the server. */
	@Test
	void aPoolThatExaminedAPlaceholderSetsTheConfiguredIsolation() throws SQLException {
		this.config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
		try (Connection connection = startInQuarantine(UnaryOperator.identity()).getConnection()) {
			assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
		}
	}

	@ParameterizedTest
	@MethodSource("refusals")
	void aPoolWorksWhoseDriverHasNoNetworkTimeouts(Refusal refusal) throws SQLException {
		UnaryOperator<DataSource> driver = (working) -> each(working, refusal::of);
		try (Connection connection = start(driver).getConnection()) {
			assertThat(connection.isValid(1)).isTrue();
		}
	}

	@ParameterizedTest
	@MethodSource("refusals")
	void aPoolThatExaminedAPlaceholderWorksWhoseDriverHasNoNetworkTimeouts(Refusal refusal) throws SQLException {
		UnaryOperator<DataSource> driver = (working) -> each(working, refusal::of);
		try (Connection connection = startInQuarantine(driver).getConnection()) {
			assertThat(connection.isValid(1)).isTrue();
		}
	}

	static List<Refusal> refusals() {
		return List.of(new Refusal("getNetworkTimeout", new SQLFeatureNotSupportedException("refused", "0A000")),
				new Refusal("getNetworkTimeout", new SQLException("refused")),
				new Refusal("getNetworkTimeout", new UnsupportedOperationException("refused")),
				new Refusal("getNetworkTimeout", new AbstractMethodError("refused")),
				new Refusal("setNetworkTimeout", new SQLFeatureNotSupportedException("refused", "0A000")));
	}

	private NodePool startInQuarantine(UnaryOperator<DataSource> driver) throws SQLException {
		this.config.setMinimumIdle(0);
		NodePool started = start(driver);
		started.quarantine();
		started.getConnection().close();
		started.readmit();
		return started;
	}

	private NodePool start() {
		return start(PoolExaminationTests::losingTheFirst);
	}

	private NodePool start(UnaryOperator<DataSource> driver) {
		StubDialect dialect = new StubDialect(JdbcDriverSettings.UNKNOWN);
		PoolDefinition definition = new PoolDefinition(new Node("primary"), this.config, dialect, true);
		NodePool started = new NodePoolFactory(new ErrorClassification(List.of(dialect)),
				new CurrentRoute(Route.undecided(Instant.EPOCH)), new PoolExecutors(this.workers, this.workers),
				Duration.ofSeconds(30), definition)
			.create(definition, driver, () -> {
			});
		this.pool = started;
		return started;
	}

	/**
	 * Returns a data source whose first connection ends once it was found valid.
	 */
	private static DataSource losingTheFirst(DataSource driver) {
		AtomicInteger opened = new AtomicInteger();
		return each(driver, (connection) -> (opened.incrementAndGet() == 1) ? endingOnceValid(connection) : connection);
	}

	private static DataSource each(DataSource driver, UnaryOperator<Connection> change) {
		return new DelegatingDataSource(driver) {

			@Override
			public Connection getConnection() throws SQLException {
				return change.apply(super.getConnection());
			}

		};
	}

	private static Connection endingOnceValid(Connection connection) {
		return (Connection) Proxy.newProxyInstance(PoolExaminationTests.class.getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> {
					try {
						Object result = method.invoke(connection, arguments);
						if (method.getName().equals("isValid")) {
							connection.abort(Runnable::run);
						}
						return result;
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	/**
	 * A method that the driver does not support, and what it throws.
	 */
	record Refusal(String method, Throwable failure) {

		Connection of(Connection connection) {
			return (Connection) Proxy.newProxyInstance(PoolExaminationTests.class.getClassLoader(),
					new Class<?>[] { Connection.class }, (proxy, method, arguments) -> {
						if (method.getName().equals(this.method)) {
							throw this.failure;
						}
						return method.invoke(connection, arguments);
					});
		}

	}

}
