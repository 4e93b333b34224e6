package dev.failover.internal.routing;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariConfig;
import dev.failover.Node;
import dev.failover.Route;
import dev.failover.internal.error.ErrorClassification;
import dev.failover.stub.StubDialect;
import dev.failover.test.stub.StubDriver;
import dev.failover.test.stub.StubServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SessionPreparation}: a session that gets no answer any more, though
 * the server answers others. A firewall that has forgotten the connection does this.
 */
@Timeout(60)
final class SessionPreparationTests {

	private final ExecutorService workers = Executors.newCachedThreadPool();

	private final StubServer server = new StubServer();

	private @Nullable NodePool pool;

	@AfterEach
	void close() {
		if (this.pool != null) {
			this.pool.close();
		}
		this.workers.shutdownNow();
		this.server.close();
	}

	/** HikariCP alone waits for its validation time-out. */
	@ParameterizedTest
	@ValueSource(strings = { "getTransactionIsolation", "createStatement" })
	void aPoolOpensAnotherConnectionAfterOneThatFellSilent(String method) throws SQLException {
		NodePool started = start(Set.of(1), method);
		try (Connection connection = started.getConnection()) {
			assertThat(connection.getNetworkTimeout()).isEqualTo(StubServer.NETWORK_TIMEOUT);
			assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
		}
	}

	/** It may be the warm-up that this server does not answer. */
	@Test
	void theSessionAfterOneThatWasLostInItsWarmUpIsNotWarmed() throws SQLException {
		NodePool started = start(Set.of(1), "createStatement");
		started.getConnection().close();
		assertThat(this.server.executed(StubDialect.WARM_UP)).isZero();
		started.renew();
		started.getConnection().close();
		assertThat(this.server.executed(StubDialect.WARM_UP)).isOne();
	}

	private NodePool start(Set<Integer> silent, String method) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(this.server.url());
		config.setDriverClassName(StubDriver.class.getName());
		config.setMaximumPoolSize(1);
		config.setMinimumIdle(0);
		config.setConnectionTimeout(15_000);
		config.setValidationTimeout(250);
		StubDialect dialect = new StubDialect();
		PoolDefinition definition = new PoolDefinition(new Node("mirror"), config, dialect, false);
		AtomicInteger opened = new AtomicInteger();
		NodePool started = new NodePoolFactory(new ErrorClassification(List.of(dialect)),
				new CurrentRoute(Route.undecided(Instant.EPOCH)), new PoolExecutors(this.workers, this.workers),
				Duration.ofMillis(10), definition)
			.create(definition, (driver) -> new DelegatingDataSource(driver) {

				@Override
				public Connection getConnection() throws SQLException {
					Connection connection = super.getConnection();
					return silent.contains(opened.incrementAndGet()) ? silentIn(method, connection) : connection;
				}

			}, () -> {
			});
		this.pool = started;
		return started;
	}

	/**
	 * Returns a connection whose server does not answer a method. As with the drivers, it
	 * ends with the network time-out, and 0 is none.
	 */
	private static Connection silentIn(String silent, Connection connection) throws SQLException {
		connection.setNetworkTimeout(Runnable::run, 0);
		CountDownLatch answer = new CountDownLatch(1);
		return (Connection) Proxy.newProxyInstance(SessionPreparationTests.class.getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> {
					if (method.getName().equals(silent)) {
						int millis = connection.getNetworkTimeout();
						answer.await((millis > 0) ? millis : Long.MAX_VALUE, TimeUnit.MILLISECONDS);
						connection.close();
						throw new SQLException("read timed out", "08006");
					}
					return method.invoke(connection, arguments);
				});
	}

}
