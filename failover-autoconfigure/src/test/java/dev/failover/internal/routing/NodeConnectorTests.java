package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import javax.sql.DataSource;

import dev.failover.internal.routing.NodeConnector.PhysicalConnections;
import dev.failover.internal.routing.NodeConnector.Placeholders;
import dev.failover.internal.routing.SessionDefaults.Values;
import dev.failover.stub.Failures;
import dev.failover.stub.StubDialect;
import dev.failover.test.stub.StubServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.jdbc.datasource.AbstractDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link NodeConnector}: what the pool gets for each connection that it asks
 * for.
 */
@Timeout(60)
final class NodeConnectorTests {

	@AutoClose
	private final StubServer server = new StubServer();

	private final SessionDefaults defaults = new SessionDefaults(Connection.TRANSACTION_READ_COMMITTED, 0);

	private final Placeholders placeholders = new Placeholders(this.defaults, Set.of());

	private final OpenConnections open = new OpenConnections();

	private final List<String> logins = new ArrayList<>();

	private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();

	private final AtomicBoolean givesWay = new AtomicBoolean();

	/** Whether each session ends once it has begun. */
	private final AtomicBoolean endsLogins = new AtomicBoolean();

	private final NodeConnector connector = connector(Runnable::run);

	@Test
	void opensPhysicalConnectionsWithTheCredentialsOfTheirRequest() throws SQLException {
		try (Connection configured = this.connector.getConnection();
				Connection other = this.connector.getConnection("user", "secret")) {
			assertThat(PlaceholderConnection.isPlaceholder(configured)).isFalse();
			assertThat(PlaceholderConnection.isPlaceholder(other)).isFalse();
		}
		assertThat(this.logins).containsExactly("configured", "user/secret");
	}

	@Test
	void theFirstConnectionTellsTheDefaultsOfAllPlaceholders() throws SQLException {
		this.connector.getConnection().close();
		assertThat(this.defaults.transactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
		assertThat(this.defaults.networkTimeoutMillis()).isEqualTo(StubServer.NETWORK_TIMEOUT);
		this.defaults.learn(new Values(Connection.TRANSACTION_SERIALIZABLE, 1));
		this.connector.getConnection().close();
		assertThat(this.defaults.transactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
	}

	@Test
	void thePoolIsToldTheValuesOfTheFirstSessionOnceTheyAreKnown() throws SQLException {
		List<Values> told = new ArrayList<>();
		this.connector.examiner(told::add);
		this.endsLogins.set(true);
		assertThatExceptionOfType(SQLException.class).isThrownBy(this.connector::getConnection);
		assertThat(told).isEmpty();
		this.endsLogins.set(false);
		this.connector.getConnection().close();
		assertThat(told)
			.containsExactly(new Values(Connection.TRANSACTION_REPEATABLE_READ, StubServer.NETWORK_TIMEOUT));
	}

	@Test
	void inQuarantineOpensPlaceholdersAndCountsThem() throws SQLException {
		assertThat(this.connector.isQuarantined()).isFalse();
		this.connector.quarantine();
		assertThat(this.connector.isQuarantined()).isTrue();
		Connection placeholder = this.connector.getConnection();
		assertThat(PlaceholderConnection.isPlaceholder(placeholder)).isTrue();
		assertThat(this.connector.placeholders()).isOne();
		placeholder.close();
		assertThat(this.connector.placeholders()).isZero();
		assertThat(this.server.connects()).isZero();
		this.connector.readmit();
		assertThat(this.connector.isQuarantined()).isFalse();
		assertThat(PlaceholderConnection.isPlaceholder(this.connector.getConnection())).isFalse();
	}

	@ParameterizedTest
	@MethodSource("dev.failover.stub.Failures#all")
	void anUnexpectedFailureOfTheDriverIsAFailedConnect(Supplier<Throwable> failure) {
		this.server.interfere((call) -> Failures.raise(failure.get()));
		assertThatExceptionOfType(SQLException.class).isThrownBy(this.connector::getConnection)
			.withMessageStartingWith("Connecting failed: ")
			.withCauseInstanceOf(failure.get().getClass())
			.satisfies((error) -> assertThat(error.getSQLState()).isEqualTo("08001"));
	}

	@Test
	void aFailureOfTheDriverIsThrownAsItIs() {
		this.server.refuse("53300");
		assertThatExceptionOfType(SQLException.class).isThrownBy(this.connector::getConnection)
			.satisfies((error) -> assertThat(error.getSQLState()).isEqualTo("53300"));
		assertThat(this.connector.isSettled(0)).isTrue();
	}

	@Test
	void aConnectThatFailsInQuarantineOpensAPlaceholder() throws SQLException {
		this.server.interfere((call) -> {
			this.connector.quarantine();
			Failures.raise(new SQLException("refused", "08001"));
		});
		try (Connection connection = this.connector.getConnection()) {
			assertThat(PlaceholderConnection.isPlaceholder(connection)).isTrue();
		}
		assertThat(this.connector.placeholders()).isZero();
	}

	@Test
	void aConnectThatIsUnderWayInQuarantineIsReleasedAndItsConnectionAborted() throws Exception {
		NodeConnector later = connector(this.work::add);
		AtomicReference<@Nullable Connection> result = new AtomicReference<>();
		Thread pool = start(() -> result.set(later.getConnection()));
		await().until(() -> !this.work.isEmpty());
		assertThat(later.isSettled(1)).isFalse();
		later.quarantine();
		pool.join();
		Connection placeholder = result.get();
		assertThat(placeholder).satisfies((it) -> assertThat(PlaceholderConnection.isPlaceholder(it)).isTrue());
		assertThat(later.isSettled(0)).isFalse();
		assertThat(later.isSettled(1)).isTrue();
		this.work.remove().run();
		assertThat(this.server.aborts()).isOne();
		assertThat(this.server.open()).isZero();
	}

	@Test
	void anInterruptedConnectFails() {
		NodeConnector later = connector(this.work::add);
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(SQLException.class).isThrownBy(later::getConnection)
			.withMessageContaining("Interrupted");
		assertThat(Thread.interrupted()).isTrue();
		assertThat(later.isSettled(0)).isTrue();
	}

	/** Nobody would close it: the pool does not know it. */
	@Test
	void whatAnInterruptedConnectOpensIsAborted() throws SQLException {
		NodeConnector later = connector(this.work::add);
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(SQLException.class).isThrownBy(later::getConnection);
		assertThat(Thread.interrupted()).isTrue();
		this.work.remove().run();
		assertThat(this.server.open()).isZero();
	}

	/** HikariCP sleeps for up to 5 s after failed connects, and its waiters wait. */
	@Test
	void quarantineWakesThePoolThatPausesAfterAFailedConnect() throws Exception {
		this.server.refuse("53300");
		Thread pool = start(() -> {
			assertThatExceptionOfType(SQLException.class).isThrownBy(this.connector::getConnection);
			pause();
		});
		await().until(() -> pool.getState() == Thread.State.TIMED_WAITING);
		this.connector.quarantine();
		pool.join();
	}

	@Test
	void quarantineDoesNotInterruptAPoolWhoseLastConnectHasSucceeded() throws Exception {
		this.server.refuse("53300");
		assertThatExceptionOfType(SQLException.class).isThrownBy(this.connector::getConnection);
		this.server.accept();
		this.connector.getConnection().close();
		this.connector.quarantine();
		assertThat(Thread.interrupted()).isFalse();
	}

	@Test
	void quarantineInterruptsAPausingPoolOnce() {
		this.server.refuse("53300");
		assertThatExceptionOfType(SQLException.class).isThrownBy(this.connector::getConnection);
		this.connector.quarantine();
		assertThat(Thread.interrupted()).isTrue();
		this.connector.quarantine();
		assertThat(Thread.interrupted()).isFalse();
	}

	@Test
	void isSettledOnceThePoolHasAllThatIsOpen() throws SQLException {
		assertThat(this.connector.isSettled(0)).isTrue();
		try (Connection connection = this.connector.getConnection()) {
			assertThat(connection.isClosed()).isFalse();
			assertThat(this.connector.isSettled(0)).isFalse();
			assertThat(this.connector.isSettled(1)).isTrue();
		}
		assertThat(this.connector.isSettled(0)).isTrue();
	}

	@Test
	void abortsWhatItHasOpened() throws SQLException {
		try (Connection one = this.connector.getConnection()) {
			this.connector.abortAll(Runnable::run);
			assertThat(one.isClosed()).isTrue();
		}
		try (Connection other = this.connector.getConnection()) {
			this.connector.resetAll(Runnable::run);
			assertThat(other.isClosed()).isTrue();
		}
		assertThat(this.server.aborts()).isEqualTo(2);
	}

	/** HikariCP waits that long for its connecting thread when it is closed. */
	@Test
	void itsTimeoutIsOneSecondWhateverThePoolSets() {
		this.connector.setLoginTimeout(30);
		assertThat(this.connector.getLoginTimeout()).isOne();
		assertThat(this.connector.getParentLogger()).isNotNull();
	}

	private NodeConnector connector(Executor workers) {
		DataSource driver = new AbstractDataSource() {

			@Override
			public Connection getConnection() throws SQLException {
				NodeConnectorTests.this.logins.add("configured");
				return connect();
			}

			@Override
			public Connection getConnection(String username, String password) throws SQLException {
				NodeConnectorTests.this.logins.add(username + "/" + password);
				return connect();
			}

		};
		return new NodeConnector(new PhysicalConnections(driver, this.open, new ConnectPace(this.givesWay::get)),
				new SessionPreparation(new SessionWarmUp(new StubDialect(), () -> false), this.defaults, 5_000),
				this.placeholders, new VerdictLatch((failure) -> false, Duration.ZERO), workers);
	}

	private Connection connect() throws SQLException {
		Connection connection = this.open.open((sockets) -> this.server.connect());
		if (this.endsLogins.get()) {
			connection.abort(Runnable::run);
		}
		return connection;
	}

	private static void pause() {
		try {
			new CountDownLatch(1).await(10, TimeUnit.MINUTES);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static Thread start(Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}, "pool");
		thread.start();
		return thread;
	}

	private interface Work {

		void run() throws SQLException;

	}

}
