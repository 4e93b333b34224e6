package dev.failover.internal.detection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;

import dev.failover.Probe;
import dev.failover.Verdict;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import dev.failover.internal.concurrent.ConnectionAbort;
import dev.failover.internal.detection.KeptConnection.Problem;
import dev.failover.internal.detection.KeptConnection.Session;
import dev.failover.internal.socket.ConnectionSockets;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to probe a node: connects if necessary, reads the role and reports it, then
 * reads replication on the same connection. Runs on a worker thread, which a silent
 * server blocks at most for the driver's own time-outs.
 */
final class ProbeAttempt implements Runnable {

	private final ProbeTarget target;

	private final KeptConnection connections;

	private final BlockingQueue<ProbeAttempt> answers;

	private final long startedNanos;

	private final Instant startedAt;

	private final AttemptThread worker = new AttemptThread();

	private final AnswerDeadline deadline;

	private final Use use;

	private @Nullable Session session;

	private @Nullable ConnectionSockets sockets;

	private volatile boolean askedKept;

	private volatile boolean abandoned;

	private volatile boolean leftBehind;

	private volatile @Nullable Probe probe;

	private volatile @Nullable Reading reading;

	private volatile @Nullable String server;

	private volatile boolean finished;

	private volatile boolean ownFault;

	/**
	 * Creates an attempt.
	 * @param use connection to ask on
	 * @param answers receives this attempt when its outcome is known
	 * @param now current time of the round, from which its deadline counts
	 */
	ProbeAttempt(ProbeTarget target, Use use, BlockingQueue<ProbeAttempt> answers, long now) {
		this.target = target;
		this.connections = target.connection();
		this.use = use;
		this.answers = answers;
		this.deadline = new AnswerDeadline(this.worker, target.settings().timeout(), now);
		this.startedNanos = target.clock().nanoTime();
		this.startedAt = target.clock().instant();
	}

	/**
	 * Runs the attempt. Whatever ends it, the loan of the connection is over then.
	 */
	@Override
	public void run() {
		this.worker.begin();
		try {
			ask();
		}
		catch (Throwable ex) {
			fail(ex);
		}
		finally {
			this.finished = true;
			this.worker.end();
		}
	}

	private void ask() throws SQLException {
		Session open = connect();
		Reading answer = this.target.reader().read(open.connection());
		this.server = open.server();
		this.reading = answer;
		Session older = this.connections.lend(open);
		try {
			answer(this.connections.loginProblem());
			if (older != null) {
				ConnectionAbort.abort(older.connection(), Runnable::run);
			}
			readReplication(open.connection());
			keep(open);
		}
		finally {
			this.connections.giveBack();
		}
		this.connections.renew(open);
	}

	/**
	 * Ends the attempt with an error. One that only shows a lack of this process says
	 * nothing about the node.
	 */
	private void fail(Throwable error) {
		this.ownFault = KeptConnection.isOwnFault(error);
		discard();
		if (this.probe == null) {
			answer(this.connections.problem(error));
		}
		else {
			replicationRead(null);
		}
	}

	private Session connect() throws SQLException {
		Session open = switch (this.use) {
			case KEPT -> keptOrFresh();
			case FRESH -> fresh();
			case LOOK_AGAIN -> freshOrKept();
		};
		synchronized (this) {
			this.session = open;
			use(open.sockets());
		}
		return open;
	}

	private Session fresh() throws SQLException {
		ConnectionSockets fresh = new ConnectionSockets();
		use(fresh);
		return this.connections.open(fresh);
	}

	private synchronized void use(ConnectionSockets current) throws SQLException {
		this.sockets = current;
		if (this.abandoned) {
			throw new SQLException("The probe was abandoned", "08000");
		}
	}

	private Session keptOrFresh() throws SQLException {
		Session kept = takeKept();
		return (kept != null) ? kept : fresh();
	}

	/**
	 * Returns a fresh connection. If none can be opened, the server that the kept one
	 * leads to may still work: the name leads nowhere for a moment. Once the round has
	 * its answer, the kept one is left to the next round.
	 */
	private Session freshOrKept() throws SQLException {
		try {
			return fresh();
		}
		catch (SQLException | RuntimeException ex) {
			if (!this.abandoned) {
				this.connections.loginFailed(ex);
			}
			Session kept = this.leftBehind ? null : takeKept();
			if (kept != null) {
				return kept;
			}
			throw ex;
		}
	}

	private @Nullable Session takeKept() throws SQLException {
		Session kept = this.connections.take(() -> this.abandoned);
		this.askedKept = kept != null;
		return kept;
	}

	private void readReplication(Connection connection) {
		try {
			replicationRead(this.target.reader().readReplication(connection));
		}
		catch (SQLException ex) {
			replicationRead(null);
		}
	}

	private void replicationRead(@Nullable ReplicationReading reading) {
		this.target.listener().replicationRead(this.target.node(), reading, this.target.clock().instant());
	}

	private void answer(@Nullable Problem problem) {
		this.probe = (problem != null)
				? new Probe(this.startedAt, took(), problem.verdict(), problem.text(), problem.errorClass())
				: new Probe(this.startedAt, took(), Verdict.UP, null);
		this.answers.add(this);
	}

	private void keep(Session open) {
		if (!offer(open)) {
			ConnectionAbort.abort(open.connection(), Runnable::run);
		}
	}

	private synchronized boolean offer(Session open) {
		this.finished = true;
		return !this.abandoned && this.connections.keep(open);
	}

	/**
	 * Aborts the connection after an error. Its server may live, so its sockets are left
	 * to the driver.
	 */
	private void discard() {
		Session open;
		synchronized (this) {
			this.abandoned = true;
			open = this.session;
		}
		if (open != null) {
			ConnectionAbort.abort(open.connection(), Runnable::run);
		}
	}

	/**
	 * Gives up on the attempt: its sockets are closed and its connection is aborted, now
	 * or as soon as it is open. Does not block.
	 * @param executor executes what may block
	 */
	synchronized void abandon(Executor executor) {
		this.abandoned = true;
		Session open = this.session;
		if (this.finished) {
			return;
		}
		if (this.sockets != null) {
			this.sockets.close(executor);
		}
		if (open != null) {
			executor.execute(() -> ConnectionAbort.abort(open.connection(), Runnable::run));
		}
	}

	/**
	 * Returns the outcome: the answer, or silence.
	 */
	Probe outcome() {
		Probe answered = this.probe;
		return (answered != null) ? answered
				: new Probe(this.startedAt, took(), Verdict.DOWN, "no answer within the deadline");
	}

	@Nullable Reading reading() {
		return this.reading;
	}

	/**
	 * Returns product and version of the server that answered, or null if unknown.
	 */
	@Nullable String server() {
		String known = this.server;
		return (known != null && !known.isEmpty()) ? known : null;
	}

	/**
	 * Returns whether the attempt looks where the name of the node leads now.
	 */
	boolean looksAgain() {
		return this.use == Use.LOOK_AGAIN;
	}

	/**
	 * Lets the attempt go on although nobody waits for its outcome any more.
	 */
	void leaveBehind() {
		this.leftBehind = true;
	}

	/**
	 * Returns whether the attempt asked on the kept connection.
	 */
	boolean askedKept() {
		return this.askedKept;
	}

	/**
	 * Returns whether an attempt that nobody waits for any more has taken too long:
	 * longer than one deadline, and it waits for the server and not for a processor.
	 */
	boolean isOverdue() {
		long elapsed = this.target.clock().nanoTime() - this.startedNanos;
		long timeout = this.target.settings().timeout().toNanos();
		return elapsed > timeout && (this.worker.isWaiting() || elapsed > AnswerDeadline.LONGEST * timeout);
	}

	/**
	 * Returns whether the attempt failed for a lack of this process, such as that of
	 * memory or threads.
	 */
	boolean isOwnFault() {
		return this.ownFault;
	}

	boolean isFinished() {
		return this.finished;
	}

	long startedNanos() {
		return this.startedNanos;
	}

	AnswerDeadline deadline() {
		return this.deadline;
	}

	private Duration took() {
		return Duration.ofNanos(this.target.clock().nanoTime() - this.startedNanos);
	}

	/**
	 * Connections that an attempt can ask on.
	 */
	enum Use {

		/** The kept connection, or a fresh one if there is none. */
		KEPT,

		/** A fresh connection. */
		FRESH,

		/**
		 * A fresh connection, to see where the name of the node leads now; the kept one
		 * if none can be opened.
		 */
		LOOK_AGAIN

	}

}
