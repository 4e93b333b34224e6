package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import dev.failover.internal.routing.HeldRequests.Ticket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.failover.internal.routing.StubNodePair.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link HeldRequests}.
 */
@Timeout(60)
final class HeldRequestsTests {

	private static final int CALLERS = 20;

	private static final List<Integer> IN_ORDER = IntStream.range(0, CALLERS).boxed().toList();

	private final StubNodePair pair = new StubNodePair((config) -> config.setMaximumPoolSize(1));

	private final List<Thread> callers = new ArrayList<>();

	private final List<Integer> order = new CopyOnWriteArrayList<>();

	private final List<Exception> failures = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() {
		this.pair.close();
	}

	@Test
	void callersThatAreWokenTogetherHaveTicketsInOrderOfArrival() throws Exception {
		HeldRequests requests = new HeldRequests();
		AtomicBoolean routeChanged = new AtomicBoolean();
		long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
		for (int i = 0; i < CALLERS; i++) {
			int number = i;
			start(() -> {
				Ticket ticket = requests.await(routeChanged::get, deadline);
				ticket.begin(deadline);
				this.order.add(number);
				ticket.end();
			});
			await().until(() -> requests.waiting() == number + 1);
		}
		routeChanged.set(true);
		requests.wakeAll();
		awaitCallers();
		assertThat(this.order).isEqualTo(IN_ORDER);
	}

	@Test
	void aCallerWhoseDeadlineHasPassedDoesNotDelayTheNext() throws Exception {
		HeldRequests requests = new HeldRequests();
		requests.await(() -> false, System.nanoTime());
		Ticket next = requests.await(() -> true, System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
		next.begin(System.nanoTime() + TimeUnit.MINUTES.toNanos(1));
		next.end();
		assertThat(requests.waiting()).isZero();
	}

	/**
	 * The pool's own queue is FIFO: its only connection is returned when all callers wait
	 * in that queue.
	 */
	@Test
	void heldCallersEnterAFullPoolInOrder() throws Exception {
		Connection only = this.pair.primaryPool.getConnection();
		holdCallers();
		this.pair.moveTo(PRIMARY);
		await().until(() -> this.pair.primaryPool.stats().waiting() == CALLERS
				&& this.callers.stream().allMatch((caller) -> caller.getState() == Thread.State.TIMED_WAITING));
		only.close();
		awaitCallers();
		assertThat(this.order).isEqualTo(IN_ORDER);
	}

	/**
	 * The third caller waits for the first one although the second has given up.
	 */
	@Test
	void aCallerThatGivesUpBeforeItsTurnDoesNotChangeTheOrder() throws Exception {
		Ticket first = new Ticket(null);
		Ticket second = new Ticket(first);
		second.end();
		Ticket third = new Ticket(second);
		Thread caller = start(() -> third.begin(System.nanoTime() + TimeUnit.MINUTES.toNanos(1)));
		await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
		assertThat(caller.isAlive()).isTrue();
		first.end();
		awaitCallers();
	}

	private void holdCallers() {
		for (int i = 0; i < CALLERS; i++) {
			int number = i;
			start(() -> {
				try (Connection connection = this.pair.dataSource.getConnection()) {
					assertThat(connection).isNotNull();
					this.order.add(number);
				}
			});
			await().until(() -> this.pair.dataSource.waitingRequests() == number + 1);
		}
	}

	private Thread start(Work work) {
		Thread caller = new Thread(() -> {
			try {
				work.run();
			}
			catch (SQLException ex) {
				this.failures.add(ex);
			}
		}, "caller-" + this.callers.size());
		this.callers.add(caller);
		caller.start();
		return caller;
	}

	private void awaitCallers() throws InterruptedException {
		for (Thread caller : this.callers) {
			caller.join();
		}
		assertThat(this.failures).isEmpty();
	}

	private interface Work {

		void run() throws SQLException;

	}

}
