package dev.failover.embedded;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that reads the status of the leader periodically and passes it to the
 * synchronous mode and the automatic failover.
 */
final class PairSupervisor implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(PairSupervisor.class);

	private static final Duration PERIOD = Duration.ofMillis(100);

	private static final Duration READ_TIMEOUT = Duration.ofMillis(500);

	private static final long CLOSE_TIMEOUT_SECONDS = 10;

	private final PairOperations operations;

	private final Thread thread;

	private volatile boolean closing;

	PairSupervisor(PairOperations operations) {
		this.operations = operations;
		this.thread = new Thread(this::run, "failover-embedded-supervisor");
		this.thread.setDaemon(true);
	}

	/**
	 * Start the thread if the pair replicates synchronously or fails over automatically.
	 */
	void start() {
		if (this.operations.synchronousMode() != null || this.operations.failover() != null) {
			this.thread.start();
		}
	}

	@Override
	public void close() {
		this.closing = true;
		this.thread.interrupt();
		try {
			this.thread.join(TimeUnit.SECONDS.toMillis(CLOSE_TIMEOUT_SECONDS));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void run() {
		while (!this.closing) {
			runRound();
			try {
				TimeUnit.NANOSECONDS.sleep(PERIOD.toNanos());
			}
			catch (InterruptedException ex) {
				return;
			}
		}
	}

	private void runRound() {
		try {
			superviseLeader();
		}
		catch (IOException | SQLException | RuntimeException ex) {
			if (!this.closing) {
				logger.warn("Could not supervise the embedded PostgreSQL pair: trying again in {} ms",
						PERIOD.toMillis(), ex);
			}
		}
	}

	private void superviseLeader() throws IOException, SQLException {
		ReplicationGroup group = this.operations.group();
		SynchronousMode synchronousMode = this.operations.synchronousMode();
		AutomaticFailover failover = this.operations.failover();
		GroupMember leader = group.leader();
		long asked = System.nanoTime();
		Duration timeout = (failover != null) ? limit(failover.remainingTime()) : READ_TIMEOUT;
		ServerStatus status = leader.monitor().readAndKeepConnection(timeout).orElse(null);
		if (synchronousMode != null && status != null && status.writable()) {
			synchronousMode.update(leader, status, asked);
		}
		if (failover != null) {
			group.exclusivelyIfIdle(() -> failover.update(leader, status, asked));
		}
	}

	/**
	 * Limit a time-out to a range, so that a leader can answer and is replaced in time.
	 */
	private static Duration limit(Duration timeout) {
		return (timeout.compareTo(READ_TIMEOUT) > 0) ? READ_TIMEOUT
				: (timeout.compareTo(PERIOD) < 0) ? PERIOD : timeout;
	}

}
