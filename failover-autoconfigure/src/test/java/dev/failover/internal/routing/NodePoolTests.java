package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.PoolStats;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.failover.internal.routing.RoutedPair.MIRROR;
import static dev.failover.internal.routing.RoutedPair.POOL_SIZE;
import static dev.failover.internal.routing.RoutedPair.PRIMARY;
import static dev.failover.internal.routing.RoutedPair.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
final class NodePoolTests {

	private static final int SERVERS_TIMEOUT = 5_000;

	private static final int ROUNDS = 50;

	private static final Duration LOOK = Duration.ofMillis(5);

	private RoutedPair pair = new RoutedPair();

	private final List<Connection> taken = new ArrayList<>();

	@AfterEach
	void close() throws SQLException {
		giveBack();
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
	void theSizeThatPeopleSeeIsTheConfiguredOne() throws Exception {
		this.pair.primaryPool.quarantine();
		take();
		PoolStats stats = this.pair.primaryPool.stats();
		assertThat(stats.max()).isEqualTo(POOL_SIZE);
		assertThat(stats.active()).isOne();
	}

	@Test
	void aReadmittedPoolHasNoPlaceholderLeft() throws Exception {
		this.pair.primaryPool.quarantine();
		for (int i = 0; i < POOL_SIZE; i++) {
			take();
		}
		giveBack();
		this.pair.primaryPool.readmit();
		assertThat(this.pair.primaryPool.isQuarantined()).isFalse();
		assertLeadsToPrimary();
	}

	@Test
	void aPlaceholderThatIsHeldTooLongIsNotUsedAgain() throws Exception {
		this.pair.primaryPool.quarantine();
		Connection held = take();
		this.pair.primaryPool.readmit();
		held.close();
		assertLeadsToPrimary();
	}

	@Test
	void aReadmittedPoolHasItsConfiguredSize() throws Exception {
		this.pair.primaryPool.quarantine();
		this.pair.primaryPool.readmit();
		assertThat(this.pair.primaryPool.hikari().getMaximumPoolSize()).isEqualTo(POOL_SIZE);
	}

	@Test
	void anAbortReachesEveryPhysicalConnection() throws Exception {
		take().close();
		take();
		take();
		this.pair.primary.ignore("select");
		Future<?> work = this.pair.execute(this.taken.get(1), "select");
		this.pair.primaryPool.quarantine();
		assertThat(this.pair.primaryPool.abort()).isEqualTo(2);
		await().until(() -> this.pair.primary.open() == 0);
		assertThat(this.pair.primary.aborts()).isEqualTo(2);
		await().until(work::isDone);
	}

	@Test
	void anIdleConnectionIsGoneAfterAnAbort() throws Exception {
		take();
		take();
		giveBack();
		this.pair.primaryPool.quarantine();
		assertThat(this.pair.primaryPool.abort()).isZero();
		await().until(() -> this.pair.primary.open() == 0);
	}

	/**
	 * HikariCP rests after each connection that it adds: if one is evicted at once,
	 * whoever still waits is held up.
	 */
	@Test
	void thePlaceholderIsNotEvictedBeforeAllWaitersHadIt() throws Exception {
		for (int i = 0; i < ROUNDS; i++) {
			this.pair.primary.ignoreConnects();
			await().pollInterval(LOOK).until(this::isEmpty);
			Future<String> first = this.pair.caller(this.pair.primaryPool);
			Future<String> second = this.pair.caller(this.pair.primaryPool);
			await().pollInterval(LOOK).until(this::isConnectingForBoth);
			try (HikariLog log = new HikariLog()) {
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
	 * Help as the monitor does: HikariCP may have forgotten them.
	 */
	private boolean isConnectingForBoth() {
		this.pair.primaryPool.helpWaiters();
		return this.pair.primaryPool.stats().waiting() >= 2 && this.pair.primary.waitingConnects() > 0;
	}

	private boolean isEmpty() {
		this.pair.primaryPool.hikari().getHikariPoolMXBean().softEvictConnections();
		return this.pair.primaryPool.stats().total() == 0;
	}

	@Test
	void waitersOfALivingNodeAreReleasedAndItsWorkGoesOn() throws Exception {
		this.pair.moveTo(PRIMARY);
		Connection one = take();
		take();
		Future<String> caller = this.pair.caller();
		await().until(() -> this.pair.primaryPool.stats().waiting() == 1);
		this.pair.publish(this.pair.route().next(MIRROR, MIRROR, Mode.FAILED_OVER, Instant.EPOCH, Cause.ROLE_CHANGED));
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
		assertServersDefaults();
	}

	@Test
	void aPoolQuarantinedFromTheStartHasTheDefaultsThatOthersLearnt() throws Exception {
		this.pair.mirrorPool.hikari().getConnection().close();
		this.pair.primaryPool.quarantine();
		take().close();
		this.pair.primaryPool.readmit();
		assertServersDefaults();
	}

	/**
	 * The second time, for HikariCP sets back what a caller has changed.
	 */
	private void assertServersDefaults() throws SQLException {
		Connection connection = take();
		assertThat(target(connection)).isEqualTo(this.pair.primary.url());
		assertThat(connection.getNetworkTimeout()).isEqualTo(SERVERS_TIMEOUT);
		connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
		connection.close();
		assertThat(take().getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
	}

	private void assertLeadsToPrimary() throws SQLException {
		giveBack();
		for (int i = 0; i < POOL_SIZE; i++) {
			assertThat(target(take())).isEqualTo(this.pair.primary.url());
		}
	}

	private Connection take() throws SQLException {
		Connection connection = this.pair.primaryPool.hikari().getConnection();
		this.taken.add(connection);
		return connection;
	}

	private void giveBack() throws SQLException {
		for (Connection connection : this.taken) {
			connection.close();
		}
		this.taken.clear();
	}

}
