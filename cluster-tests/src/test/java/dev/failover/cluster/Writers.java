package dev.failover.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Threads that insert rows through an application, each about 100 in a second, every
 * second one in transactions, and record every attempt.
 */
final class Writers implements AutoCloseable {

	private static final AtomicLong ids = new AtomicLong();

	private static final int THREADS = 4;

	private static final Duration PAUSE = Duration.ofMillis(10);

	private final Application application;

	private final JdbcTemplate jdbc;

	private final List<Thread> threads = new ArrayList<>();

	private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();

	private volatile boolean running = true;

	private Writers(Application application) {
		this.application = application;
		this.jdbc = application.jdbc();
	}

	/**
	 * Starts the threads and waits until each has written.
	 */
	static Writers start(Application application) {
		Writers writers = new Writers(application);
		for (int number = 0; number < THREADS; number++) {
			int writer = number;
			Thread thread = new Thread(() -> writers.write(writer), "writer-" + number);
			thread.setDaemon(true);
			writers.threads.add(thread);
			thread.start();
		}
		writers.awaitSuccesses();
		return writers;
	}

	private void write(int writer) {
		TransactionOperations around = (writer % 2 == 0) ? TransactionOperations.withoutTransaction()
				: this.application.transactions();
		while (this.running) {
			this.attempts.add(attempt(writer, around));
			LockSupport.parkNanos(PAUSE.toNanos());
		}
	}

	private Attempt attempt(int writer, TransactionOperations around) {
		long id = ids.incrementAndGet();
		long started = System.nanoTime();
		try {
			around.executeWithoutResult((status) -> this.jdbc.update("insert into entry (id) values (?)", id));
			return new Attempt(writer, id, started, System.nanoTime(), "");
		}
		catch (RuntimeException ex) {
			return new Attempt(writer, id, started, System.nanoTime(), String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Waits until each thread has written a row, beginning from now.
	 */
	void awaitSuccesses() {
		long now = System.nanoTime();
		this.application.await("writes of all threads",
				() -> successesBegunAfter(now).stream().map(Attempt::writer).distinct().count() == THREADS);
	}

	/**
	 * Returns the attempts that were acknowledged and have begun after a moment.
	 * @param nanos the moment, in {@link System#nanoTime()}
	 */
	List<Attempt> successesBegunAfter(long nanos) {
		return this.attempts.stream()
			.filter((attempt) -> attempt.acknowledged() && attempt.started() - nanos > 0)
			.toList();
	}

	/**
	 * Returns the time from a moment to the first acknowledgement after it.
	 */
	Duration firstSuccessAfter(long nanos) {
		return this.attempts.stream()
			.filter((attempt) -> attempt.acknowledged() && attempt.ended() - nanos > 0)
			.min(Comparator.comparingLong((attempt) -> attempt.ended() - nanos))
			.map((attempt) -> Duration.ofNanos(attempt.ended() - nanos))
			.orElseThrow();
	}

	/**
	 * Returns the longest time for which no row was acknowledged.
	 */
	Duration longestGap() {
		long[] ends = this.attempts.stream().filter(Attempt::acknowledged).mapToLong(Attempt::ended).sorted().toArray();
		long longest = 0;
		for (int i = 1; i < ends.length; i++) {
			longest = Math.max(longest, ends[i] - ends[i - 1]);
		}
		return Duration.ofNanos(longest);
	}

	/**
	 * Returns the acknowledged rows that a database does not have.
	 * @param stored rows that it has
	 */
	List<Long> lost(Collection<Long> stored) {
		return missing(this.attempts.stream().filter(Attempt::acknowledged).toList(), stored);
	}

	/**
	 * Returns those of them that have begun after a moment.
	 */
	List<Long> lostSince(long nanos, Collection<Long> stored) {
		return missing(successesBegunAfter(nanos), stored);
	}

	private static List<Long> missing(List<Attempt> attempts, Collection<Long> stored) {
		return attempts.stream().map(Attempt::id).filter((id) -> !stored.contains(id)).toList();
	}

	/**
	 * Returns the number of failed attempts by the text of their error.
	 */
	Map<String, Long> failures() {
		return this.attempts.stream()
			.filter((attempt) -> !attempt.acknowledged())
			.collect(Collectors.groupingBy(Attempt::error, TreeMap::new, Collectors.counting()));
	}

	/**
	 * Stops all threads and waits until they have ended.
	 */
	void stop() {
		this.running = false;
		Awaitility.await("the end of all writers")
			.atMost(Duration.ofSeconds(60))
			.until(() -> this.threads.stream().noneMatch(Thread::isAlive));
	}

	@Override
	public void close() {
		stop();
	}

	/**
	 * An attempt to insert a row.
	 *
	 * @param writer number of the thread
	 * @param id id of the row
	 * @param started when it began, in {@link System#nanoTime()}
	 * @param ended when it ended
	 * @param error text of the error, empty if it was acknowledged
	 */
	record Attempt(int writer, long id, long started, long ended, String error) {

		boolean acknowledged() {
			return this.error.isEmpty();
		}

	}

}
