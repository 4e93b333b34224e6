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

import dev.failover.it.history.Kind;
import dev.failover.it.history.Operation;
import dev.failover.it.history.Outcome;

import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 16 client threads of an application, 8 that write and 8 that read: each calls, notes
 * what it was told, and calls again after a short pace. Every other one works in
 * transactions, the rest without.
 */
final class Load {

	static final int WRITERS = 8;

	static final int READERS = 8;

	/** What a client does between two calls; leaves two cores some air. */
	private static final Duration PACE = Duration.ofMillis(5);

	private final JdbcTemplate jdbc;

	private final TransactionOperations transactions;

	private final TransactionOperations readOnly;

	private final LongSupplier epoch;

	private final Queue<Operation> history = new ConcurrentLinkedQueue<>();

	private final AtomicLongArray lastSuccess = new AtomicLongArray(WRITERS + READERS);

	private final CountDownLatch stop = new CountDownLatch(1);

	private final List<Thread> threads = new ArrayList<>();

	Load(JdbcTemplate jdbc, PlatformTransactionManager transactionManager, LongSupplier epoch) {
		this.jdbc = jdbc;
		this.transactions = new TransactionTemplate(transactionManager);
		TransactionTemplate reads = new TransactionTemplate(transactionManager);
		reads.setReadOnly(true);
		this.readOnly = reads;
		this.epoch = epoch;
	}

	Load start() {
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
			for (long number = 1; !this.stop.await(PACE.toNanos(), TimeUnit.NANOSECONDS); number++) {
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
		TransactionOperations around = transactional(client) ? this.transactions
				: TransactionOperations.withoutTransaction();
		return (number) -> {
			long id = ((long) (client + 1) << 32) | number;
			return measure(client, Kind.WRITE, id, () -> {
				Integer server = around
					.execute((status) -> this.jdbc.queryForObject(Ledger.INSERT, Integer.class, id, client, number));
				return new Answer(number, (server != null) ? server : 0);
			});
		};
	}

	private Call reader(int client) {
		TransactionOperations around = transactional(client) ? this.readOnly
				: TransactionOperations.withoutTransaction();
		int writer = client % WRITERS;
		return (number) -> measure(client, Kind.READ, writer,
				() -> around.execute((status) -> DataAccessUtils.nullableSingleResult(this.jdbc.query(Ledger.HIGHEST,
						(row, index) -> new Answer(row.getLong("number"), row.getInt("server")), writer))));
	}

	private static boolean transactional(int client) {
		return client % 2 == 1;
	}

	private Operation measure(int client, Kind kind, long id, java.util.function.Supplier<Answer> work) {
		long before = this.epoch.getAsLong();
		long started = System.nanoTime();
		try {
			Answer answer = work.get();
			return new Operation(client, kind, id, answer.number(), started, System.nanoTime(), Outcome.OK, before,
					this.epoch.getAsLong(), answer.server(), "");
		}
		catch (RuntimeException ex) {
			return new Operation(client, kind, id, -1, started, System.nanoTime(), CallErrors.outcome(ex), before,
					this.epoch.getAsLong(), 0, CallErrors.name(ex));
		}
	}

	/**
	 * Whether each client has succeeded with a call that it began after that moment.
	 */
	boolean wholeSince(long nanos) {
		return wholeSince(nanos, 0, WRITERS + READERS);
	}

	/**
	 * The same for the readers alone.
	 */
	boolean readsWholeSince(long nanos) {
		return wholeSince(nanos, WRITERS, WRITERS + READERS);
	}

	private boolean wholeSince(long nanos, int from, int to) {
		for (int client = from; client < to; client++) {
			long last = this.lastSuccess.get(client);
			if (last == Long.MIN_VALUE || last - nanos < 0) {
				return false;
			}
		}
		return true;
	}

	/**
	 * What was noted so far.
	 */
	List<Operation> history() {
		return List.copyOf(this.history);
	}

	/**
	 * Let each client end with its present call.
	 */
	void stop() {
		this.stop.countDown();
	}

	/**
	 * Clients that have not ended.
	 */
	List<Thread> running() {
		return this.threads.stream().filter(Thread::isAlive).toList();
	}

	/**
	 * Makes one call.
	 */
	@FunctionalInterface
	private interface Call {

		Operation make(long number);

	}

	/**
	 * What a server answered.
	 */
	private record Answer(long number, int server) {
	}

}
