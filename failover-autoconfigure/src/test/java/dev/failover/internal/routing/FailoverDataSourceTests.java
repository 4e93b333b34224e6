package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.NoNodeAvailableException;
import dev.failover.stub.Failures;
import dev.failover.test.stub.StubServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.failover.internal.routing.StubNodePair.MIRROR;
import static dev.failover.internal.routing.StubNodePair.PRIMARY;
import static dev.failover.internal.routing.StubNodePair.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link FailoverDataSource}, with HikariCP pools on stub servers.
 */
@Timeout(60)
final class FailoverDataSourceTests {

	private static final int CALLERS = 4;

	private StubNodePair pair = new StubNodePair();

	@AfterEach
	void close() {
		this.pair.close();
	}

	@Test
	void handsOutConnectionsOfTheNodeThatTheRouteNames() throws Exception {
		this.pair.moveTo(PRIMARY);
		assertThat(next()).isEqualTo(this.pair.primary.url());
		this.pair.moveTo(MIRROR);
		assertThat(next()).isEqualTo(this.pair.mirror.url());
		this.pair.moveTo(PRIMARY);
		assertThat(next()).isEqualTo(this.pair.primary.url());
	}

	@Test
	void theListenerIsToldOfARequestThatIsHeldUntilItIsServedAndOfNoOther() throws Exception {
		this.pair.moveTo(PRIMARY);
		next();
		assertThat(this.pair.servedHeld).isEmpty();
		this.pair.moveTo(null);
		List<Future<String>> callers = callers();
		await().until(() -> this.pair.dataSource.waitingRequests() == CALLERS);
		assertThat(this.pair.servedHeld).isEmpty();
		this.pair.moveTo(MIRROR);
		assertAllReach(this.pair.mirror.url(), callers);
		assertThat(this.pair.servedHeld).hasSize(CALLERS).containsOnly("mirror");
	}

	@Test
	void callersOfAnExhaustedPoolAreServedOnTheNewRoute() throws Exception {
		this.pair.moveTo(PRIMARY);
		Connection one = this.pair.dataSource.getConnection();
		Connection other = this.pair.dataSource.getConnection();
		List<Future<String>> callers = callers();
		await().until(() -> this.pair.primaryPool.stats().waiting() == CALLERS);
		assertThat(this.pair.moveTo(MIRROR)).isEqualTo(2);
		assertAllReach(this.pair.mirror.url(), callers);
		one.close();
		other.close();
	}

	@Test
	void callersOfAPoolThatHangsInConnectingAreServedOnTheNewRoute() throws Exception {
		this.pair.primary.ignoreConnects();
		this.pair.moveTo(PRIMARY);
		List<Future<String>> callers = callers();
		await()
			.until(() -> this.pair.primary.waitingConnects() > 0 && this.pair.primaryPool.stats().waiting() == CALLERS);
		this.pair.moveTo(MIRROR);
		assertAllReach(this.pair.mirror.url(), callers);
		assertThat(this.pair.primary.waitingConnects()).isPositive();
	}

	@Test
	void aConnectionThatOpensTooLateIsAborted() throws Exception {
		this.pair.primary.ignoreConnects();
		this.pair.moveTo(PRIMARY);
		Future<String> caller = this.pair.caller();
		await().until(() -> this.pair.primary.waitingConnects() > 0);
		this.pair.moveTo(MIRROR);
		assertThat(caller.get(10, TimeUnit.SECONDS)).isEqualTo(this.pair.mirror.url());
		this.pair.primary.accept();
		await().until(() -> this.pair.primary.aborts() == 1 && this.pair.primary.open() == 0);
	}

	/**
	 * HikariCP pauses for 2.56 s after the ninth failure. Callers do not wait for that.
	 */
	@Test
	void callersOfAPoolThatBacksOffAreServedOnTheNewRoute() throws Exception {
		this.pair.primary.refuse("53300");
		this.pair.moveTo(PRIMARY);
		List<Future<String>> callers = callers();
		await().until(() -> this.pair.primary.connects() >= 9);
		long moved = System.nanoTime();
		this.pair.moveTo(MIRROR);
		assertAllReach(this.pair.mirror.url(), callers);
		assertThat(Duration.ofNanos(System.nanoTime() - moved)).isLessThan(Duration.ofSeconds(2));
		assertThat(this.pair.suspicions).isEmpty();
	}

	@Test
	void callersOfAPoolWhoseConnectsAreRefusedAreServedOnTheNewRoute() throws Exception {
		this.pair.primary.refuse("08001");
		this.pair.moveTo(PRIMARY);
		List<Future<String>> callers = callers();
		await().until(() -> this.pair.suspicions.contains(PRIMARY));
		this.pair.moveTo(MIRROR);
		assertAllReach(this.pair.mirror.url(), callers);
	}

	@Test
	void callersWaitForTheFirstRoute() throws Exception {
		List<Future<String>> callers = callers();
		this.pair.moveTo(MIRROR);
		assertAllReach(this.pair.mirror.url(), callers);
	}

	@Test
	void callersWithoutANodeAreServedWhenOneReturns() throws Exception {
		this.pair.moveTo(PRIMARY);
		Connection one = this.pair.dataSource.getConnection();
		Connection other = this.pair.dataSource.getConnection();
		List<Future<String>> callers = callers();
		await().until(() -> this.pair.primaryPool.stats().waiting() == CALLERS);
		this.pair.moveTo(null);
		await().until(() -> this.pair.primaryPool.stats().waiting() == 0);
		assertThat(callers).noneMatch(Future::isDone);
		this.pair.moveTo(PRIMARY);
		one.close();
		other.close();
		await().until(() -> {
			this.pair.primaryPool.helpWaiters();
			return callers.stream().allMatch(Future::isDone);
		});
		assertAllReach(this.pair.primary.url(), callers);
	}

	@Test
	void refusesARequestIfNoNodeTakesItInTime() {
		reopenWithTimeout(300);
		assertThatExceptionOfType(NoNodeAvailableException.class).isThrownBy(() -> this.pair.dataSource.getConnection())
			.withMessageMatching("No database node for writes: mode UNAVAILABLE since 1970-01-01T00:00:00Z "
					+ "\\(epoch 0, startup\\); waited \\d+ ms\\. The endpoint 'failover' shows the state of each node")
			.satisfies((refusal) -> assertThat(refusal.getSQLState()).isEqualTo("08001"));
	}

	@Test
	void aClosedDataSourceRefusesWaitingCallers() {
		Future<String> caller = this.pair.caller();
		assertThat(caller).isNotDone();
		this.pair.closeRoute(new IllegalStateException("closed"));
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> caller.get(10, TimeUnit.SECONDS))
			.withCauseInstanceOf(NoNodeAvailableException.class);
	}

	/**
	 * A connection is lost between the moment at which the pool hands it out and the one
	 * at which it is looked at.
	 */
	@ParameterizedTest
	@MethodSource("failuresOfALostConnection")
	void aConnectionThatIsLostBeforeItIsLookedAtGoesBackToItsPool(Supplier<Throwable> failure) throws Exception {
		for (int i = 0; i < StubNodePair.POOL_SIZE; i++) {
			this.pair.moveTo(null);
			Future<String> caller = this.pair.caller();
			await().until(() -> this.pair.dataSource.waitingRequests() == 1);
			this.pair.primary.raise(StubServer.WRAPPER, () -> {
				this.pair.primary.answer(StubServer.WRAPPER);
				return failure.get();
			});
			this.pair.moveTo(PRIMARY);
			await().until(caller::isDone);
		}
		assertThat(this.pair.primaryPool.stats().active()).isZero();
		assertThat(this.pair.caller().get(10, TimeUnit.SECONDS)).isEqualTo(this.pair.primary.url());
	}

	static Stream<Supplier<Throwable>> failuresOfALostConnection() {
		return Stream.concat(Stream.of(() -> new SQLException("This connection has been closed.", "08003")),
				Failures.all().stream());
	}

	@Test
	void anExhaustedPoolRaisesNoSuspicion() throws Exception {
		reopenWithTimeout(300);
		this.pair.moveTo(PRIMARY);
		try (Connection one = this.pair.dataSource.getConnection();
				Connection other = this.pair.dataSource.getConnection()) {
			assertThat(List.of(one, other)).doesNotContainNull();
			assertThatExceptionOfType(SQLTransientConnectionException.class)
				.isThrownBy(() -> this.pair.dataSource.getConnection())
				.withMessageContaining("Connection is not available");
		}
		assertThat(this.pair.suspicions).isEmpty();
	}

	/**
	 * A pool that is quarantined when the route returns to it contains placeholders until
	 * it is readmitted. The last one can be evicted before the caller has it: then the
	 * pool opens a connection only because the monitor helps waiters.
	 */
	@Test
	void aHeldCallerIsNotServedWithAPlaceholderOfTheNewRoute() throws Exception {
		this.pair.primaryPool.quarantine();
		Future<String> caller = this.pair.caller();
		await().until(() -> this.pair.dataSource.waitingRequests() == 1);
		this.pair.publish(this.pair.route().next(PRIMARY, List.of(PRIMARY), Mode.NORMAL, Instant.EPOCH, Cause.STARTUP));
		assertThat(caller).isNotDone();
		this.pair.primaryPool.readmit();
		await().until(() -> {
			this.pair.primaryPool.helpWaiters();
			return caller.isDone();
		});
		assertThat(caller.get()).isEqualTo(this.pair.primary.url());
	}

	/**
	 * A new route names the same node, and the pool is quarantined while a caller waits
	 * in it.
	 */
	@Test
	void aWaitingCallerIsNotServedWithAPlaceholderOfTheSamePool() throws Exception {
		this.pair.moveTo(PRIMARY);
		Connection one = this.pair.dataSource.getConnection();
		Connection other = this.pair.dataSource.getConnection();
		Future<String> caller = this.pair.caller();
		await().until(() -> this.pair.primaryPool.stats().waiting() == 1);
		this.pair
			.publish(this.pair.route().next(PRIMARY, List.of(PRIMARY), Mode.NORMAL, Instant.EPOCH, Cause.SWITCHOVER));
		this.pair.primaryPool.quarantine();
		await().until(() -> caller.isDone() || this.pair.reroutes.get() == 1);
		this.pair.primaryPool.readmit();
		one.close();
		other.close();
		await().until(() -> {
			this.pair.primaryPool.helpWaiters();
			return caller.isDone();
		});
		assertThat(caller.get(10, TimeUnit.SECONDS)).isEqualTo(this.pair.primary.url());
	}

	/**
	 * The lost node has held up the caller for longer than the whole time-out. Half of
	 * the time-out remains in any case.
	 */
	@Test
	void theTimeThatALostNodeHeldUpACallerCountsAsWaitingTime() throws Exception {
		Duration timeout = Duration.ofSeconds(6);
		reopenWithTimeout(timeout.toMillis());
		this.pair.moveTo(PRIMARY);
		try (Connection one = this.pair.dataSource.getConnection();
				Connection other = this.pair.dataSource.getConnection()) {
			assertThat(List.of(one, other)).doesNotContainNull();
			Future<String> caller = this.pair.caller();
			await().until(() -> this.pair.primaryPool.stats().waiting() == 1);
			this.pair.leave(PRIMARY, timeout.multipliedBy(2));
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> caller.get(1, TimeUnit.MINUTES))
				.havingCause()
				.isInstanceOf(NoNodeAvailableException.class)
				.satisfies((refusal) -> assertThat(waited(refusal)).isLessThan(timeout));
		}
	}

	private static Duration waited(Throwable refusal) {
		String millis = String.valueOf(refusal.getMessage()).replaceFirst(".*waited (\\d+) ms.*", "$1");
		return Duration.ofMillis(Long.parseLong(millis));
	}

	@Test
	void refusesCredentials() {
		this.pair.moveTo(PRIMARY);
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> this.pair.dataSource.getConnection("somebody", "secret"))
			.withMessageNotContaining("secret");
	}

	@Test
	void workOnALostNodeFailsWithTheReason() throws Exception {
		this.pair.primary.ignore("select");
		this.pair.moveTo(PRIMARY);
		try (Connection connection = this.pair.dataSource.getConnection()) {
			Future<?> work = this.pair.execute(connection, "select");
			this.pair.moveTo(MIRROR);
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> work.get(10, TimeUnit.SECONDS))
				.havingCause()
				.isInstanceOfSatisfying(SQLException.class, (error) -> {
					assertThat(error.getSQLState()).isEqualTo("08006");
					assertThat(error.getSuppressed()).hasAtLeastOneElementOfType(NodeFaultException.class);
				});
		}
	}

	/**
	 * The route changes often while callers borrow connections.
	 */
	@Test
	void neverHandsOutAPlaceholder() throws Exception {
		this.pair.moveTo(PRIMARY);
		AtomicBoolean stop = new AtomicBoolean();
		List<Thread> threads = new ArrayList<>();
		List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
		for (int i = 0; i < CALLERS; i++) {
			Thread thread = new Thread(() -> borrow(stop, failures), "borrower");
			threads.add(thread);
			thread.start();
		}
		for (int i = 0; i < 100 && failures.isEmpty(); i++) {
			this.pair.moveTo(MIRROR);
			next();
			this.pair.moveTo(null);
			this.pair.moveTo(PRIMARY);
			next();
		}
		stop.set(true);
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(failures).isEmpty();
	}

	@Test
	void aWaitingCallerReceivesTheReasonIfThereWillBeNoPools() throws Exception {
		Future<String> caller = this.pair.caller();
		RuntimeException cause = new IllegalStateException("no pools");
		this.pair.closeRoute(cause);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> caller.get(10, TimeUnit.SECONDS))
			.havingCause()
			.isInstanceOf(NoNodeAvailableException.class)
			.withCause(cause);
	}

	private void borrow(AtomicBoolean stop, List<Throwable> failures) {
		while (!stop.get() && failures.isEmpty()) {
			try (Connection connection = this.pair.dataSource.getConnection()) {
				assertThat(target(connection)).isNotEqualTo("placeholder");
			}
			catch (SQLException | AssertionError ex) {
				failures.add(ex);
			}
		}
	}

	private String next() throws SQLException {
		try (Connection connection = this.pair.dataSource.getConnection()) {
			return target(connection);
		}
	}

	private List<Future<String>> callers() {
		return IntStream.range(0, CALLERS).mapToObj((i) -> this.pair.caller()).toList();
	}

	private static void assertAllReach(String url, List<Future<String>> callers) throws Exception {
		for (Future<String> caller : callers) {
			assertThat(caller.get(10, TimeUnit.SECONDS)).isEqualTo(url);
		}
	}

	private void reopenWithTimeout(long millis) {
		this.pair.close();
		this.pair = new StubNodePair((config) -> config.setConnectionTimeout(millis));
	}

}
