package dev.failover.benchmarks.recovery;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import dev.failover.embedded.EmbeddedPair;
import org.jspecify.annotations.Nullable;

/**
 * Promotes the mirror, as a cluster manager does, and finds when it becomes writable.
 */
final class Promotion implements Callable<@Nullable Long>, AutoCloseable {

	/** Time from the fault to the promotion by a quick manager. */
	static final Duration EARLY = Duration.ofMillis(1100);

	/** Time from the fault to the promotion by a usual manager. */
	static final Duration LATE = Duration.ofMillis(2500);

	private static final Duration PAUSE = Duration.ofMillis(2);

	private final EmbeddedPair pair;

	private final Connection connection;

	private final Statement statement;

	private volatile boolean closed;

	/**
	 * Opens a connection to the mirror; call it before the fault.
	 */
	Promotion(EmbeddedPair pair) throws SQLException {
		this.pair = pair;
		this.connection = pair.mirror().connect();
		this.statement = this.connection.createStatement();
	}

	/**
	 * Promotes the mirror some time after the fault.
	 * @param fault instant of the fault on {@link System#nanoTime()}
	 * @param after time from the fault to the promotion
	 */
	void promote(long fault, Duration after) throws InterruptedException {
		TimeUnit.NANOSECONDS.sleep(fault + after.toNanos() - System.nanoTime());
		this.pair.mirror().promoteAlone();
	}

	/**
	 * Waits until the mirror is writable.
	 * @return instant at which it was, null if this was closed before
	 */
	@Override
	public @Nullable Long call() throws SQLException, InterruptedException {
		while (!this.closed) {
			if (isWritable()) {
				return System.nanoTime();
			}
			TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
		}
		return null;
	}

	private boolean isWritable() throws SQLException {
		try (ResultSet row = this.statement.executeQuery("select not pg_is_in_recovery()")) {
			return row.next() && row.getBoolean(1);
		}
	}

	@Override
	public void close() throws SQLException {
		this.closed = true;
		this.connection.close();
	}

}
