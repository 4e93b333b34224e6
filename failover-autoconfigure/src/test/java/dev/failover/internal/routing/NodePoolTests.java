package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import com.zaxxer.hikari.metrics.IMetricsTracker;
import com.zaxxer.hikari.util.Credentials;
import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.NoNodeAvailableException;
import dev.failover.PoolStats;
import dev.failover.test.stub.StubServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.failover.internal.routing.StubNodePair.MIRROR;
import static dev.failover.internal.routing.StubNodePair.POOL_SIZE;
import static dev.failover.internal.routing.StubNodePair.PRIMARY;
import static dev.failover.internal.routing.StubNodePair.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link NodePool}.
 */
@Timeout(60)
final class NodePoolTests {

	private static final int ROUNDS = 50;

	private static final Duration POLL_INTERVAL = Duration.ofMillis(5);

	private StubNodePair pair = new StubNodePair();

	private final List<Connection> borrowed = new ArrayList<>();

	@AfterEach
	void close() throws SQLException {
		returnConnections();
		this.pair.close();
	}

	@Test
	void aQuarantinedPoolContainsPlaceholders() throws Exception {
		this.pair.primaryPool.quarantine();
		assertThat(this.pair.primaryPool.isQuarantined()).isTrue();
		assertThat(target(take())).isEqualTo("placeholder");
		assertThat(this.pair.primary.connects()).isZero();
	}

	@Test
	void theReportedSizeIsTheConfiguredOne() throws Exception {
		this.pair.primaryPool.quarantine();
		take();
		PoolStats stats = this.pair.primaryPool.stats();
		assertThat(stats.max()).isEqualTo(POOL_SIZE);
		assertThat(stats.active()).isOne();
	}

	@Test
	void eachLoginHasTheCredentialsOfTheProvider() throws Exception {
		AtomicReference<String> password = new AtomicReference<>("first");
		this.pair.close();
		this.pair = new StubNodePair(
				(config) -> config.setCredentialsProvider(() -> Credentials.of("user", password.get())));
		for (String current : List.of("first", "second")) {
			password.set(current);
			this.pair.primary.requirePassword(current);
			this.pair.primaryPool.renew();
			assertThat(target(take())).isEqualTo(this.pair.primary.url());
			returnConnections();
		}
		assertThat(this.pair.primary.connects()).isEqualTo(2);
	}

	@Test
	void aReadmittedPoolHasNoPlaceholderLeft() throws Exception {
		this.pair.primaryPool.quarantine();
		for (int i = 0; i < POOL_SIZE; i++) {
			take();
		}
		returnConnections();
		this.pair.primaryPool.readmit();
		assertThat(this.pair.primaryPool.isQuarantined()).isFalse();
		assertAllConnectionsReachThePrimary();
	}

	@Test
	void aPlaceholderThatIsReturnedAfterReadmissionIsNotUsedAgain() throws Exception {
		this.pair.primaryPool.quarantine();
		Connection placeholder = take();
		this.pair.primaryPool.readmit();
		placeholder.close();
		assertAllConnectionsReachThePrimary();
	}

	@Test
	void aReadmittedPoolHasItsConfiguredSize() throws Exception {
		this.pair.primaryPool.quarantine();
		this.pair.primaryPool.readmit();
		assertThat(this.pair.primaryPool.hikari().getMaximumPoolSize()).isEqualTo(POOL_SIZE);
	}

	/**
	 * Quarantine wakes the pool, which pauses after a failed login, and HikariCP then
	 * gives up to fill it until its housekeeping, which is due every 30 s.
	 */
	@Test
	void aReadmittedPoolOpensItsMinimumOfIdleConnectionsSoon() {
		this.pair.close();
		this.pair = new StubNodePair((config) -> config.setMinimumIdle(1));
		this.pair.primary.refuse("53300");
		this.pair.primaryPool.hikari().getHikariPoolMXBean().softEvictConnections();
		await().until(() -> this.pair.primary.connects() >= 4 && this.pair.primaryPool.stats().total() == 0);
		this.pair.primaryPool.quarantine();
		this.pair.primary.accept();
		this.pair.primaryPool.readmit();
		await().atMost(Duration.ofSeconds(15)).until(() -> this.pair.primary.open() == 1);
	}

	/**
	 * The thread that puts the placeholder into the pool is not run for some time.
	 */
	@Test
	void aPlaceholderThatThePoolGetsAfterItsReadmissionServesNoRequest() throws Exception {
		CountDownLatch delay = new CountDownLatch(1);
		AtomicBoolean delays = new AtomicBoolean();
		this.pair.close();
		this.pair = new StubNodePair(
				(config) -> config.setMetricsTrackerFactory((name, stats) -> new IMetricsTracker() {

					@Override
					public void recordConnectionCreatedMillis(long millis) {
						if (delays.get()) {
							pass(delay);
						}
					}

				}));
		this.pair.moveTo(MIRROR);
		delays.set(true);
		this.pair.primaryPool.quarantine();
		Future<String> late = this.pair.caller(this.pair.primaryPool);
		await().until(() -> this.pair.primaryPool.stats().waiting() == 1);
		await().pollDelay(Duration.ofMillis(100)).until(() -> true);
		this.pair.moveTo(PRIMARY);
		delay.countDown();
		assertThat(late.get(10, TimeUnit.SECONDS)).isEqualTo("placeholder");
		for (int i = 0; i < POOL_SIZE; i++) {
			assertThat(this.pair.caller().get(10, TimeUnit.SECONDS)).isEqualTo(this.pair.primary.url());
		}
		this.pair.primaryPool.helpWaiters();
		assertThat(this.pair.primaryPool.isUnclean()).isFalse();
	}

	/** A caller of a suspended pool waits, as with HikariCP alone, and others do not. */
	@Test
	void aFailoverDoesNotDependOnASuspendedPool() throws Exception {
		this.pair.close();
		this.pair = new StubNodePair((config) -> config.setAllowPoolSuspension(true));
		this.pair.moveTo(PRIMARY);
		take().close();
		this.pair.primaryPool.hikari().getHikariPoolMXBean().suspendPool();
		Future<String> suspended = this.pair.caller();
		this.pair.moveTo(MIRROR);
		assertThat(this.pair.caller().get(10, TimeUnit.SECONDS)).isEqualTo(this.pair.mirror.url());
		this.pair.primaryPool.hikari().getHikariPoolMXBean().resumePool();
		assertThat(suspended.get(10, TimeUnit.SECONDS)).isEqualTo(this.pair.mirror.url());
		this.pair.moveTo(PRIMARY);
		assertThat(this.pair.caller().get(10, TimeUnit.SECONDS)).isEqualTo(this.pair.primary.url());
	}

	@Test
	void abortClosesEveryPhysicalConnection() throws Exception {
		take().close();
		take();
		take();
		this.pair.primary.ignore("select");
		Future<?> work = this.pair.execute(this.borrowed.get(1), "select");
		this.pair.primaryPool.quarantine();
		assertThat(this.pair.primaryPool.abort()).isEqualTo(2);
		await().until(() -> this.pair.primary.open() == 0 && this.pair.primary.aborts() == 2);
		await().until(work::isDone);
	}

	@Test
	void abortClosesIdleConnections() throws Exception {
		take();
		take();
		returnConnections();
		this.pair.primaryPool.quarantine();
		assertThat(this.pair.primaryPool.abort()).isZero();
		await().until(() -> this.pair.primary.open() == 0);
	}

	/**
	 * HikariCP pauses after each connection that it adds. If the placeholder were evicted
	 * at once, the other waiters would wait for that pause.
	 */
	@Test
	void thePlaceholderIsNotEvictedBeforeAllWaitersHadIt() throws Exception {
		for (int i = 0; i < ROUNDS; i++) {
			this.pair.primary.ignoreConnects();
			await().pollInterval(POLL_INTERVAL).until(this::isEmpty);
			Future<String> first = this.pair.caller(this.pair.primaryPool);
			Future<String> second = this.pair.caller(this.pair.primaryPool);
			await().pollInterval(POLL_INTERVAL).until(this::isConnectingForBoth);
			try (HikariLogCapture log = new HikariLogCapture()) {
				this.pair.primaryPool.quarantine();
				assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("placeholder");
				assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo("placeholder");
				assertThat(log.lines()).noneMatch((line) -> line.contains("Closing connection placeholder connection"));
			}
			this.pair.primary.accept();
			this.pair.primaryPool.readmit();
		}
	}

	/**
	 * Helps the waiters as the monitor does, because HikariCP may open no connection for
	 * them by itself.
	 */
	private boolean isConnectingForBoth() {
		this.pair.primaryPool.helpWaiters();
		return this.pair.primaryPool.stats().waiting() >= 2 && this.pair.primary.waitingConnects() > 0;
	}

	private boolean isEmpty() {
		this.pair.primaryPool.hikari().getHikariPoolMXBean().softEvictConnections();
		return this.pair.primaryPool.stats().total() == 0;
	}

	/**
	 * A pool that cannot connect is asked again in each turn of the monitor.
	 */
	@Test
	void helpingAWaiterTakesNoThreadThatWaitsItself() {
		this.pair.primary.refuse("53300");
		Future<String> caller = this.pair.caller(this.pair.primaryPool);
		await().until(() -> this.pair.primaryPool.stats().waiting() == 1 && this.pair.primary.connects() > 0);
		for (int i = 0; i < ROUNDS; i++) {
			this.pair.primaryPool.helpWaiters();
		}
		await().pollDelay(Duration.ofMillis(100)).until(() -> true);
		assertThat(this.pair.primaryPool.stats().waiting()).isOne();
		assertThat(this.pair.workingThreads()).isLessThanOrEqualTo(1);
		this.pair.primary.accept();
		await().until(caller::isDone);
	}

	@Test
	void aPoolKeepsTheSizeThatAnOperatorGaveIt() {
		NodePool pool = this.pair.primaryPool;
		pool.hikari().setMaximumPoolSize(7);
		pool.quarantine();
		assertThat(pool.stats().max()).isEqualTo(7);
		pool.readmit();
		assertThat(pool.hikari().getMaximumPoolSize()).isEqualTo(7);
		pool.quarantine();
		pool.hikari().setMaximumPoolSize(3);
		assertThat(pool.stats().max()).isEqualTo(3);
		pool.readmit();
		assertThat(pool.hikari().getMaximumPoolSize()).isEqualTo(3);
	}

	@Test
	void closingReleasesThreadsThatWaitInThePool() throws Exception {
		this.pair.moveTo(PRIMARY);
		take();
		take();
		Future<String> caller = this.pair.caller();
		await().until(() -> this.pair.primaryPool.stats().waiting() == 1);
		this.pair.closeRoute(new IllegalStateException("closed"));
		this.pair.primaryPool.close();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> caller.get(5, TimeUnit.SECONDS))
			.withCauseInstanceOf(NoNodeAvailableException.class)
			.withStackTraceContaining("closed");
	}

	@Test
	void releasingWaitersLetsWorkInFlightContinue() throws Exception {
		this.pair.moveTo(PRIMARY);
		Connection one = take();
		take();
		Future<String> caller = this.pair.caller();
		await().until(() -> this.pair.primaryPool.stats().waiting() == 1);
		this.pair.publish(
				this.pair.route().next(MIRROR, List.of(MIRROR), Mode.FAILED_OVER, Instant.EPOCH, Cause.ROLE_CHANGED));
		this.pair.primaryPool.releaseWaiters();
		assertThat(caller.get(10, TimeUnit.SECONDS)).isEqualTo(this.pair.mirror.url());
		one.createStatement().execute("commit");
		assertThat(this.pair.primary.aborts()).isZero();
	}

	@Test
	void placeholdersLeaveTheDefaultsOfThePoolUnchanged() throws Exception {
		take().close();
		this.pair.primaryPool.quarantine();
		take().close();
		this.pair.primaryPool.readmit();
		assertSessionHasDefaultsOfTheServer();
	}

	@Test
	void aPoolQuarantinedFromTheStartHasTheDefaultsReadByTheOtherPool() throws Exception {
		this.pair.mirrorPool.hikari().getConnection().close();
		this.pair.primaryPool.quarantine();
		take().close();
		this.pair.primaryPool.readmit();
		assertSessionHasDefaultsOfTheServer();
	}

	/**
	 * Borrows twice: HikariCP resets what the first caller has changed.
	 */
	private void assertSessionHasDefaultsOfTheServer() throws SQLException {
		Connection connection = take();
		assertThat(target(connection)).isEqualTo(this.pair.primary.url());
		assertThat(connection.getNetworkTimeout()).isEqualTo(StubServer.NETWORK_TIMEOUT);
		connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
		connection.close();
		assertThat(take().getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
	}

	private void assertAllConnectionsReachThePrimary() throws SQLException {
		returnConnections();
		for (int i = 0; i < POOL_SIZE; i++) {
			assertThat(target(take())).isEqualTo(this.pair.primary.url());
		}
	}

	private static void pass(CountDownLatch latch) {
		try {
			latch.await(1, TimeUnit.MINUTES);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Connection take() throws SQLException {
		Connection connection = this.pair.primaryPool.hikari().getConnection();
		this.borrowed.add(connection);
		return connection;
	}

	private void returnConnections() throws SQLException {
		for (Connection connection : this.borrowed) {
			connection.close();
		}
		this.borrowed.clear();
	}

}
