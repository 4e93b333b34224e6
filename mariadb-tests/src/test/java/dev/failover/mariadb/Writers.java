package dev.failover.mariadb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import org.awaitility.Awaitility;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Threads that insert rows through an application, each about 200 in a second, and note
 * which inserts were acknowledged.
 */
final class Writers implements AutoCloseable {

	private static final AtomicLong ids = new AtomicLong();

	private static final Duration PAUSE = Duration.ofMillis(5);

	private final JdbcTemplate jdbc;

	private final List<Thread> threads = new ArrayList<>();

	private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();

	private final Map<Thread, Long> calls = new ConcurrentHashMap<>();

	private final ReadWriteLock pause = new ReentrantReadWriteLock(true);

	private final Set<Long> excused = ConcurrentHashMap.newKeySet();

	private volatile boolean running = true;

	Writers(JdbcTemplate jdbc, int count) {
		this.jdbc = jdbc;
		for (int i = 0; i < count; i++) {
			Thread thread = new Thread(this::write, "writer-" + i);
			thread.setDaemon(true);
			this.threads.add(thread);
			this.calls.put(thread, 0L);
			thread.start();
		}
	}

	private void write() {
		while (this.running) {
			long id = ids.incrementAndGet();
			this.pause.readLock().lock();
			try {
				this.jdbc.update("insert into entry (id) values (?)", id);
				this.acknowledged.add(id);
			}
			catch (DataAccessException ex) {
				Thread.onSpinWait();
			}
			finally {
				this.pause.readLock().unlock();
			}
			this.calls.merge(Thread.currentThread(), 1L, Long::sum);
			LockSupport.parkNanos(PAUSE.toNanos());
		}
	}

	/**
	 * Does something while no call is in flight.
	 */
	void whilePaused(Runnable action) {
		this.pause.writeLock().lock();
		try {
			action.run();
		}
		finally {
			this.pause.writeLock().unlock();
		}
	}

	/**
	 * Excuses that a server may lack what was acknowledged until now.
	 */
	void excuse() {
		this.excused.addAll(this.acknowledged);
	}

	/**
	 * Returns the acknowledged rows that a server does not have, without those that are
	 * excused.
	 */
	Set<Long> missing(DatabaseServer server) {
		Set<Long> missing = new HashSet<>(this.acknowledged);
		missing.removeAll(this.excused);
		missing.removeAll(new HashSet<>(server.query("select id from orders.entry", Long.class)));
		return missing;
	}

	int count() {
		return this.acknowledged.size();
	}

	/**
	 * Returns the number of calls of each thread that have ended, well or not.
	 */
	Map<Thread, Long> calls() {
		return Map.copyOf(this.calls);
	}

	/**
	 * Returns whether a call of each thread has ended since the given numbers were taken.
	 */
	boolean allHaveCalledSince(Map<Thread, Long> before) {
		return calls().entrySet().stream().allMatch((entry) -> entry.getValue() > before.get(entry.getKey()));
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
