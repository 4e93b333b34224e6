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
 * The external hand that promotes the mirror, and a look at when it is done.
 */
final class Promotion implements Callable<@Nullable Long>, AutoCloseable {

	/** As soon as the quickest manager would promote the mirror after the fault. */
	static final Duration EARLY = Duration.ofMillis(1100);

	/** When a manager would that waits for more than a second. */
	static final Duration LATE = Duration.ofMillis(2500);

	private static final Duration LOOK = Duration.ofMillis(2);

	private final EmbeddedPair pair;

	private final Connection connection;

	private final Statement statement;

	private volatile boolean closed;

	/**
	 * Make ready, before the fault.
	 */
	Promotion(EmbeddedPair pair) throws SQLException {
		this.pair = pair;
		this.connection = pair.mirror().connect();
		this.statement = this.connection.createStatement();
	}

	/**
	 * Promote the mirror some time after the fault.
	 * @param fault when that struck, on {@link System#nanoTime()}
	 * @param after how long after it
	 */
	void promote(long fault, Duration after) throws InterruptedException {
		TimeUnit.NANOSECONDS.sleep(fault + after.toNanos() - System.nanoTime());
		this.pair.mirror().promoteAlone();
	}

	/**
	 * Wait until the mirror is writable.
	 * @return when it was, null if it was not before this was closed
	 */
	@Override
	public @Nullable Long call() throws SQLException, InterruptedException {
		while (!this.closed) {
			if (isWritable()) {
				return System.nanoTime();
			}
			TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
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
