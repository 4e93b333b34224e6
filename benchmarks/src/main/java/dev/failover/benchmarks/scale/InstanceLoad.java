package dev.failover.benchmarks.scale;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

import javax.sql.DataSource;

/**
 * Threads of one instance that read, with a short pause between two reads. There are as
 * many as the pool has connections.
 */
final class InstanceLoad implements AutoCloseable {

	static final int THREADS = 10;

	private static final long PACE_MILLIS = 50;

	private final DataSource dataSource;

	/** Begin of the last successful call of each thread. */
	private final AtomicLongArray lastSuccess = new AtomicLongArray(THREADS);

	private final LongAdder failed = new LongAdder();

	private final AtomicLong longest = new AtomicLong();

	private final List<Thread> threads = new ArrayList<>();

	private volatile boolean running = true;

	InstanceLoad(DataSource dataSource) {
		this.dataSource = dataSource;
		for (int i = 0; i < THREADS; i++) {
			int number = i;
			this.lastSuccess.set(i, Long.MIN_VALUE);
			Thread thread = new Thread(() -> loop(number), "benchmarks-load");
			thread.setDaemon(true);
			this.threads.add(thread);
			thread.start();
		}
	}

	private void loop(int number) {
		try {
			while (this.running) {
				long begun = System.nanoTime();
				if (read()) {
					this.lastSuccess.set(number, begun);
				}
				else {
					this.failed.increment();
				}
				long took = System.nanoTime() - begun;
				this.longest.accumulateAndGet(took, Math::max);
				Thread.sleep(PACE_MILLIS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private boolean read() {
		try (Connection connection = this.dataSource.getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("select 1");
			return true;
		}
		catch (SQLException ex) {
			return false;
		}
	}

	/**
	 * Returns the number of threads with a success that began after a moment.
	 */
	int recoveredSince(long nanos) {
		int recovered = 0;
		for (int i = 0; i < THREADS; i++) {
			long last = this.lastSuccess.get(i);
			recovered += (last != Long.MIN_VALUE && last - nanos > 0) ? 1 : 0;
		}
		return recovered;
	}

	long failed() {
		return this.failed.sum();
	}

	long longestNanos() {
		return this.longest.get();
	}

	void reset() {
		this.failed.reset();
		this.longest.set(0);
	}

	@Override
	public void close() {
		this.running = false;
		this.threads.forEach(Thread::interrupt);
	}

}
