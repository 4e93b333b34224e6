package dev.failover.container;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;

import org.springframework.dao.DataAccessException;

/**
 * Threads that insert rows through an application, each about 100 in a second, and note
 * which inserts were acknowledged.
 */
final class Writers implements AutoCloseable {

	private static final AtomicLong ids = new AtomicLong();

	private static final int THREADS = 4;

	private static final Duration PAUSE = Duration.ofMillis(10);

	private final Application application;

	private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();

	private final List<AtomicLong> successes = IntStream.range(0, THREADS)
		.mapToObj((number) -> new AtomicLong())
		.toList();

	private final List<Thread> threads;

	private volatile boolean running = true;

	private Writers(Application application) {
		this.application = application;
		this.threads = this.successes.stream().map((count) -> new Thread(() -> write(count), "writer")).toList();
	}

	/**
	 * Starts the threads and waits until each has written.
	 */
	static Writers start(Application application) {
		Writers writers = new Writers(application);
		for (Thread thread : writers.threads) {
			thread.setDaemon(true);
			thread.start();
		}
		writers.awaitSuccesses();
		return writers;
	}

	private void write(AtomicLong count) {
		while (this.running) {
			long id = ids.incrementAndGet();
			if (insert(id)) {
				this.acknowledged.add(id);
				count.incrementAndGet();
			}
			LockSupport.parkNanos(PAUSE.toNanos());
		}
	}

	private boolean insert(long id) {
		try {
			return this.application.jdbc().update("insert into entry (id) values (?)", id) == 1;
		}
		catch (DataAccessException ex) {
			return false;
		}
	}

	/**
	 * Waits until each thread has written two more rows: the second began after the call.
	 */
	void awaitSuccesses() {
		List<Long> before = this.successes.stream().map(AtomicLong::get).toList();
		this.application.await("writes of all threads", () -> IntStream.range(0, THREADS)
			.allMatch((number) -> this.successes.get(number).get() > before.get(number) + 1));
	}

	/**
	 * Returns the acknowledged rows that a database does not have.
	 * @param stored rows that it has
	 */
	List<Long> lost(Collection<Long> stored) {
		return this.acknowledged.stream().filter((id) -> !stored.contains(id)).toList();
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

}
