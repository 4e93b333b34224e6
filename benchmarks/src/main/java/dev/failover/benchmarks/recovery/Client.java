package dev.failover.benchmarks.recovery;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

import javax.sql.DataSource;

import dev.failover.benchmarks.recovery.result.Call;
import dev.failover.benchmarks.recovery.result.Kind;
import dev.failover.benchmarks.recovery.result.Observation.Pending;

/**
 * A client thread: calls, records the outcome, pauses and calls again. Other threads may
 * read its records.
 */
final class Client implements Runnable {

	private static final int ID_BITS = 32;

	private final int number;

	private final Kind kind;

	private final DataSource dataSource;

	private final Duration pace;

	private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

	private volatile long startedAt;

	private volatile boolean calling;

	private volatile boolean stopped;

	/**
	 * Creates a client.
	 * @param pace pause between two calls
	 */
	Client(int number, Kind kind, DataSource dataSource, Duration pace) {
		this.number = number;
		this.kind = kind;
		this.dataSource = dataSource;
		this.pace = pace;
	}

	@Override
	public void run() {
		for (long count = 1; !this.stopped; count++) {
			call(((long) this.number << ID_BITS) | count);
			LockSupport.parkNanos(this.pace.toNanos());
		}
	}

	private void call(long id) {
		long started = System.nanoTime();
		this.startedAt = started;
		this.calling = true;
		Call call;
		try {
			int server = (this.kind == Kind.WRITES) ? Ledger.write(this.dataSource, this.number, id)
					: Ledger.read(this.dataSource, this.number);
			call = new Call(this.number, this.kind, id, started, System.nanoTime(), true, server, "");
		}
		catch (SQLException | RuntimeException ex) {
			call = new Call(this.number, this.kind, id, started, System.nanoTime(), false, 0, name(ex));
		}
		this.calls.add(call);
		this.calling = false;
	}

	private static String name(Exception error) {
		String state = (error instanceof SQLException sql && sql.getSQLState() != null) ? sql.getSQLState() : "";
		return error.getClass().getSimpleName() + "/" + state;
	}

	/**
	 * Ends the client after its present call.
	 */
	void stop() {
		this.stopped = true;
	}

	/**
	 * Returns the calls that have ended, with instants on {@link System#nanoTime()}.
	 */
	Queue<Call> calls() {
		return this.calls;
	}

	boolean isCalling() {
		return this.calling;
	}

	/**
	 * Returns the call that has not ended.
	 * @param zero instant of the fault
	 */
	Pending pending(long zero) {
		return new Pending(this.number, this.kind, this.startedAt - zero);
	}

}
