package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.failover.internal.routing.RoutedPair.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Held callers are let go in the order in which they came.
 */
@Timeout(60)
final class HeldOrderTests {

	private static final int CALLERS = 20;

	private static final List<Integer> IN_ORDER = IntStream.range(0, CALLERS).boxed().toList();

	private final RoutedPair pair = new RoutedPair((config) -> config.setMaximumPoolSize(1));

	private final List<Thread> callers = new ArrayList<>();

	private final List<Integer> order = new CopyOnWriteArrayList<>();

	private final List<Exception> failures = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() {
		this.pair.close();
	}

	/**
	 * What is waited for is looked at under the bell's lock, by each caller for itself.
	 */
	@Test
	void theBellLetsCallersGoInOrder() throws Exception {
		Bell bell = new Bell();
		AtomicBoolean rung = new AtomicBoolean();
		long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
		for (int i = 0; i < CALLERS; i++) {
			int number = i;
			start(() -> bell.await(() -> rung.get() && this.order.add(number), deadline).end());
			await().until(() -> bell.waiting() == number + 1);
		}
		rung.set(true);
		bell.ring();
		awaitCallers();
		assertThat(this.order).isEqualTo(IN_ORDER);
	}

	/**
	 * The pool's own queue is first in, first out: its one connection goes round when all
	 * stand there.
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
	 * Who gives up leaves the order of the others as it is.
	 */
	@Test
	void aCallerThatGivesUpBeforeItsTurnLetsNobodyOvertake() throws Exception {
		Step first = new Step(null);
		Step second = new Step(first);
		second.end();
		Step third = new Step(second);
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
