package dev.failover.it;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import dev.failover.embedded.EmbeddedNode;
import org.awaitility.Awaitility;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Threads that each insert a row at a fixed rate and record every attempt. Two of them
 * can be compared second by second, because a slow attempt is followed by no more of them
 * than a fast one.
 */
public final class PacedWriters implements AutoCloseable {

	/** Table that {@link #createTable} creates. */
	public static final String TABLE = "paced_entry";

	private static final String INSERT = "insert into " + TABLE + " (id) values (?) returning inet_server_port()";

	private static final int WRITERS = 2;

	private static final Duration PERIOD = Duration.ofMillis(20);

	private final JdbcTemplate jdbc;

	private final TransactionOperations transactions;

	private final AtomicLong ids;

	private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();

	private final CountDownLatch stop = new CountDownLatch(1);

	private final List<Thread> threads = new ArrayList<>();

	private PacedWriters(DataSource dataSource, PlatformTransactionManager transactionManager, long firstId) {
		this.jdbc = new JdbcTemplate(dataSource);
		this.transactions = new TransactionTemplate(transactionManager);
		this.ids = new AtomicLong(firstId);
	}

	/**
	 * Starts the threads.
	 * @param firstId lowest id of the rows, which no other writers use
	 */
	public static PacedWriters start(Application application, long firstId) {
		return start(application.dataSource(), application.bean(PlatformTransactionManager.class), firstId);
	}

	/**
	 * Starts threads that write through a data source without failover.
	 */
	public static PacedWriters start(DataSource dataSource, long firstId) {
		return start(dataSource, new JdbcTransactionManager(dataSource), firstId);
	}

	private static PacedWriters start(DataSource dataSource, PlatformTransactionManager transactionManager,
			long firstId) {
		PacedWriters writers = new PacedWriters(dataSource, transactionManager, firstId);
		for (int number = 0; number < WRITERS; number++) {
			int writer = number;
			Thread thread = new Thread(() -> writers.loop(writer), "paced-writer-" + firstId + "-" + number);
			thread.setDaemon(true);
			writers.threads.add(thread);
			thread.start();
		}
		return writers;
	}

	public static void createTable(JdbcTemplate jdbc) {
		jdbc.execute("create table if not exists " + TABLE + " (id bigint primary key)");
	}

	private void loop(int writer) {
		long due = System.nanoTime();
		try {
			while (!this.stop.await(Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS)) {
				this.attempts.add(attempt(writer));
				due = Math.max(due + PERIOD.toNanos(), System.nanoTime());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Attempt attempt(int writer) {
		long id = this.ids.getAndIncrement();
		long started = System.nanoTime();
		try {
			Integer server = around(writer).execute((status) -> this.jdbc.queryForObject(INSERT, Integer.class, id));
			return new Attempt(writer, id, started, System.nanoTime(), (server != null) ? server : 0, "");
		}
		catch (RuntimeException ex) {
			return new Attempt(writer, id, started, System.nanoTime(), 0, String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Returns the operations around an insert: every second writer uses transactions.
	 */
	private TransactionOperations around(int writer) {
		return (writer % 2 == 1) ? this.transactions : TransactionOperations.withoutTransaction();
	}

	/**
	 * Returns the attempts that have succeeded and ended after a moment.
	 * @param nanos the moment, in {@link System#nanoTime()}
	 */
	public List<Attempt> successesSince(long nanos) {
		return this.attempts.stream()
			.filter((attempt) -> attempt.acknowledged() && attempt.ended() - nanos > 0)
			.toList();
	}

	/**
	 * Returns whether each thread has succeeded with an attempt that began after a
	 * moment.
	 */
	public boolean allSucceededSince(long nanos) {
		return successesSince(nanos).stream()
			.filter((attempt) -> attempt.started() - nanos > 0)
			.map(Attempt::writer)
			.distinct()
			.count() == WRITERS;
	}

	/**
	 * Returns the number of successes in each second since a moment.
	 */
	public Map<Long, Long> successesPerSecond(long nanos) {
		return successesSince(nanos).stream()
			.collect(Collectors.groupingBy((attempt) -> TimeUnit.NANOSECONDS.toSeconds(attempt.ended() - nanos),
					TreeMap::new, Collectors.counting()));
	}

	/**
	 * Waits until each thread has succeeded with an attempt that begins after this
	 * moment.
	 */
	public void awaitSuccesses(Application application) {
		long now = System.nanoTime();
		application.await("writes of all threads", () -> allSucceededSince(now));
	}

	/**
	 * Returns the ids of the rows that a server has.
	 */
	public static Set<Long> stored(EmbeddedNode node) throws SQLException {
		return new HashSet<>(ServerSql.queryForList(node, "select id from " + TABLE, Long.class));
	}

	/**
	 * Returns the acknowledged rows that a database does not have.
	 * @param stored ids of the rows that it has
	 */
	public List<Long> lost(Collection<Long> stored) {
		return this.attempts.stream()
			.filter((attempt) -> attempt.acknowledged() && !stored.contains(attempt.id()))
			.map(Attempt::id)
			.toList();
	}

	/**
	 * Returns the number of attempts by the text of their error.
	 */
	public Map<String, Long> failures() {
		return this.attempts.stream()
			.filter((attempt) -> !attempt.acknowledged())
			.collect(Collectors.groupingBy(Attempt::error, TreeMap::new, Collectors.counting()));
	}

	@Override
	public void close() {
		stop();
	}

	/**
	 * Stops all threads and waits until they have ended.
	 */
	public void stop() {
		this.stop.countDown();
		Awaitility.await("the end of the writers")
			.atMost(Duration.ofSeconds(40))
			.until(() -> this.threads.stream().noneMatch(Thread::isAlive));
	}

	/**
	 * An attempt to insert a row.
	 *
	 * @param writer number of the thread
	 * @param id id of the row
	 * @param started when it began, in {@link System#nanoTime()}
	 * @param ended when it ended
	 * @param server port of the server that has acknowledged it, 0 if none has
	 * @param error text of the error, empty if there was none
	 */
	public record Attempt(int writer, long id, long started, long ended, int server, String error) {

		public boolean acknowledged() {
			return this.server != 0;
		}

	}

}
