package dev.failover.it.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import dev.failover.internal.engine.FailoverRuntime;
import dev.failover.it.Application;
import dev.failover.it.history.Operation;
import dev.failover.it.history.Operation.Outcome;
import dev.failover.it.history.Operation.Type;

import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Load of 16 client threads, 8 that write and 8 that read. Each makes a call, records it,
 * and makes the next one after a short pause. Every second client uses transactions.
 */
final class RecordedLoad {

	static final int WRITERS = 8;

	static final int READERS = 8;

	/** Pause between two calls, so that a machine with two cores is not saturated. */
	private static final Duration PAUSE = Duration.ofMillis(5);

	private final JdbcTemplate jdbc;

	private final TransactionOperations transactions;

	private final TransactionOperations readOnly;

	private final LongSupplier epoch;

	private final Queue<Operation> history = new ConcurrentLinkedQueue<>();

	private final AtomicLongArray lastSuccess = new AtomicLongArray(WRITERS + READERS);

	private final CountDownLatch stop = new CountDownLatch(1);

	private final List<Thread> threads = new ArrayList<>();

	RecordedLoad(Application application) {
		this.jdbc = application.jdbc();
		this.transactions = application.transactions(false);
		this.readOnly = application.transactions(true);
		FailoverRuntime runtime = application.bean(FailoverRuntime.class);
		this.epoch = () -> runtime.route().epoch();
	}

	RecordedLoad start() {
		for (int client = 0; client < WRITERS + READERS; client++) {
			Call call = (client < WRITERS) ? writer(client) : reader(client);
			int number = client;
			Thread thread = new Thread(() -> loop(number, call), "client-" + client);
			thread.setDaemon(true);
			this.threads.add(thread);
		}
		this.threads.forEach(Thread::start);
		return this;
	}

	private void loop(int client, Call call) {
		this.lastSuccess.set(client, Long.MIN_VALUE);
		try {
			for (long number = 1; !this.stop.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS); number++) {
				Operation done = call.make(number);
				this.history.add(done);
				if (done.outcome() == Outcome.OK) {
					this.lastSuccess.set(client, done.started());
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Call writer(int client) {
		TransactionOperations around = isTransactional(client) ? this.transactions
				: TransactionOperations.withoutTransaction();
		return (number) -> {
			long id = ((long) (client + 1) << 32) | number;
			return measure(client, Type.WRITE, id, () -> {
				Integer server = around.execute(
						(status) -> this.jdbc.queryForObject(LedgerTable.INSERT, Integer.class, id, client, number));
				return new Answer(number, (server != null) ? server : 0);
			});
		};
	}

	private Call reader(int client) {
		TransactionOperations around = isTransactional(client) ? this.readOnly
				: TransactionOperations.withoutTransaction();
		int writer = client % WRITERS;
		return (number) -> measure(client, Type.READ, writer,
				() -> around
					.execute((status) -> DataAccessUtils.nullableSingleResult(this.jdbc.query(LedgerTable.HIGHEST,
							(row, index) -> new Answer(row.getLong("number"), row.getInt("server")), writer))));
	}

	private static boolean isTransactional(int client) {
		return client % 2 == 1;
	}

	private Operation measure(int client, Type type, long id, Supplier<Answer> work) {
		long before = this.epoch.getAsLong();
		long started = System.nanoTime();
		try {
			Answer answer = work.get();
			return new Operation(client, type, id, answer.number(), started, System.nanoTime(), Outcome.OK, before,
					this.epoch.getAsLong(), answer.server(), "");
		}
		catch (RuntimeException ex) {
			return new Operation(client, type, id, -1, started, System.nanoTime(), CallErrors.outcome(ex), before,
					this.epoch.getAsLong(), 0, CallErrors.name(ex));
		}
	}

	/**
	 * Returns whether each client has succeeded with a call that began after a moment.
	 */
	boolean recoveredSince(long nanos) {
		return recoveredSince(nanos, 0, WRITERS + READERS);
	}

	/**
	 * Returns whether each reader has succeeded with a call that began after a moment.
	 */
	boolean readsRecoveredSince(long nanos) {
		return recoveredSince(nanos, WRITERS, WRITERS + READERS);
	}

	private boolean recoveredSince(long nanos, int from, int to) {
		for (int client = from; client < to; client++) {
			long last = this.lastSuccess.get(client);
			if (last == Long.MIN_VALUE || last - nanos < 0) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Returns the calls that were recorded so far.
	 */
	List<Operation> history() {
		return List.copyOf(this.history);
	}

	/**
	 * Lets each client end after its present call.
	 */
	void stop() {
		this.stop.countDown();
	}

	/**
	 * Returns the clients that have not ended.
	 */
	List<Thread> running() {
		return this.threads.stream().filter(Thread::isAlive).toList();
	}

	/**
	 * Makes a call.
	 */
	@FunctionalInterface
	private interface Call {

		Operation make(long number);

	}

	/**
	 * An answer of a server.
	 */
	private record Answer(long number, int server) {
	}

}
