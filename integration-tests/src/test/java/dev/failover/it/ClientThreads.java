package dev.failover.it;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

import org.awaitility.Awaitility;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Threads that write or read through an application without pause, and count the results.
 */
final class ClientThreads implements AutoCloseable {

	private final JdbcTemplate jdbc;

	private final List<Thread> threads = new CopyOnWriteArrayList<>();

	private final AtomicLong ids = new AtomicLong();

	private final Map<Long, Boolean> acknowledged = new ConcurrentHashMap<>();

	private final AtomicInteger reads = new AtomicInteger();

	private final AtomicInteger failures = new AtomicInteger();

	private final Set<Class<?>> errors = ConcurrentHashMap.newKeySet();

	private final Map<Thread, Integer> successes = new ConcurrentHashMap<>();

	private volatile boolean running = true;

	ClientThreads(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	static void createTable(JdbcTemplate jdbc) {
		jdbc.execute("create table entry (id bigint primary key)");
	}

	ClientThreads writers(int count) {
		return writers(count, (id) -> this.jdbc.update("insert into entry (id) values (?)", id));
	}

	/**
	 * Starts threads that insert rows with a service.
	 * @param insert inserts the row with an id
	 */
	ClientThreads writers(int count, LongConsumer insert) {
		return start(count, "writer", () -> {
			long id = this.ids.incrementAndGet();
			insert.accept(id);
			this.acknowledged.put(id, true);
		});
	}

	ClientThreads readers(int count) {
		return start(count, "reader", () -> {
			this.jdbc.queryForObject("select count(*) from entry where id < 100", Long.class);
			this.reads.incrementAndGet();
		});
	}

	private ClientThreads start(int count, String name, Runnable work) {
		for (int i = 0; i < count; i++) {
			Thread thread = new Thread(() -> loop(work), name + "-" + i);
			thread.setDaemon(true);
			this.threads.add(thread);
			thread.start();
		}
		return this;
	}

	private void loop(Runnable work) {
		while (this.running) {
			try {
				work.run();
				this.successes.merge(Thread.currentThread(), 1, Integer::sum);
			}
			catch (RuntimeException ex) {
				this.failures.incrementAndGet();
				this.errors.add(ex.getClass());
				Thread.onSpinWait();
			}
		}
	}

	int writes() {
		return this.acknowledged.size();
	}

	int reads() {
		return this.reads.get();
	}

	int failures() {
		return this.failures.get();
	}

	/**
	 * Returns the classes of the exceptions that the threads received.
	 */
	Set<Class<?>> errors() {
		return Set.copyOf(this.errors);
	}

	List<Long> acknowledged() {
		return this.acknowledged.keySet().stream().sorted().toList();
	}

	/**
	 * Returns whether every thread has succeeded since the given counts were taken.
	 */
	boolean allSucceededSince(Map<Thread, Integer> before) {
		return this.threads.stream()
			.allMatch((thread) -> this.successes.getOrDefault(thread, 0) > before.getOrDefault(thread, 0));
	}

	Map<Thread, Integer> successes() {
		return Map.copyOf(this.successes);
	}

	/**
	 * Returns the number of threads that wait in a socket read or for a connection.
	 */
	long blocked() {
		return this.threads.stream().filter(ClientThreads::isBlocked).count();
	}

	private static boolean isBlocked(Thread thread) {
		for (StackTraceElement frame : thread.getStackTrace()) {
			boolean reading = frame.getClassName().startsWith("sun.nio.ch.NioSocketImpl")
					|| frame.getClassName().startsWith("org.postgresql.core.VisibleBufferedInputStream");
			boolean waiting = frame.getClassName().startsWith("com.zaxxer.hikari.util.ConcurrentBag");
			if (reading || waiting) {
				return true;
			}
		}
		return false;
	}

	@Override
	public void close() {
		stop();
	}

	/**
	 * Stops all threads and waits until they have ended.
	 */
	void stop() {
		this.running = false;
		Awaitility.await("the end of all clients").atMost(Duration.ofSeconds(40)).until(this::ended);
	}

	private boolean ended() {
		return this.threads.stream().noneMatch(Thread::isAlive);
	}

}
