package dev.failover.internal.detection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;

import dev.failover.Probe;
import dev.failover.Verdict;
import dev.failover.dialect.Reading;
import org.jspecify.annotations.Nullable;

/**
 * One question to a node: connects if need be, asks, answers; then reads replication on
 * the same connection. Runs on a worker thread, which it never outlives by more than the
 * driver's own time-outs.
 */
final class ProbeAttempt implements Runnable {

	private final ProbeTarget target;

	private final BlockingQueue<ProbeAttempt> answers;

	private final long startedNanos;

	private final Instant startedAt;

	private final long deadline;

	private final boolean onKept;

	private @Nullable OpenedConnection connection;

	private volatile boolean askedKept;

	private volatile boolean abandoned;

	private volatile @Nullable Probe probe;

	private volatile @Nullable Reading reading;

	private volatile boolean finished;

	/**
	 * Create an attempt.
	 * @param onKept whether to ask on the kept connection where there is one
	 * @param deadline when it counts as silent, on the round's clock
	 */
	ProbeAttempt(ProbeTarget target, boolean onKept, BlockingQueue<ProbeAttempt> answers, long deadline) {
		this.target = target;
		this.onKept = onKept;
		this.answers = answers;
		this.deadline = deadline;
		this.startedNanos = target.nanos().nanoTime();
		this.startedAt = target.clock().instant();
	}

	@Override
	public void run() {
		try {
			OpenedConnection open = connect();
			this.reading = ask(open.connection());
			this.target.lend();
			ProbeTarget.Problem problem = this.target.loginProblem();
			answer((problem != null) ? Verdict.IMPAIRED : Verdict.UP, problem);
			this.target.readReplication(open.connection());
			keep(open);
			this.target.renew(open);
		}
		catch (SQLException | RuntimeException ex) {
			fail(ex);
		}
		finally {
			this.finished = true;
		}
	}

	private void fail(Exception error) {
		abandon(Runnable::run);
		if (this.reading != null) {
			this.target.giveBack();
		}
		if (this.probe == null) {
			answer(this.target.verdict(error), this.target.problem(error));
		}
		else {
			this.target.replicationUnknown();
		}
	}

	private OpenedConnection connect() throws SQLException {
		OpenedConnection kept = this.onKept ? this.target.awaitKept(() -> this.abandoned) : null;
		this.askedKept = kept != null;
		OpenedConnection open = (kept != null) ? kept : this.target.open();
		synchronized (this) {
			this.connection = open;
			if (this.abandoned) {
				abort(open.connection(), Runnable::run);
				throw new SQLException("The probe was abandoned", "08000");
			}
		}
		return open;
	}

	private Reading ask(Connection open) throws SQLException {
		String query = this.target.settings().query();
		if (query != null) {
			try (Statement statement = open.createStatement()) {
				statement.execute(query);
			}
		}
		return this.target.dialect().read(open);
	}

	private void answer(Verdict verdict, ProbeTarget.@Nullable Problem problem) {
		this.probe = (problem != null)
				? new Probe(this.startedAt, took(), verdict, problem.text(), problem.errorClass())
				: new Probe(this.startedAt, took(), verdict, null);
		this.answers.add(this);
	}

	private synchronized void keep(OpenedConnection open) {
		this.finished = true;
		if (this.abandoned || !this.target.keep(open)) {
			abort(open.connection(), Runnable::run);
		}
		this.target.giveBack();
	}

	/**
	 * Give up on it: its connection is aborted now, or as soon as it is open.
	 */
	synchronized void abandon(Executor executor) {
		this.abandoned = true;
		if (this.connection != null && !this.finished) {
			abort(this.connection.connection(), executor);
		}
	}

	private static void abort(Connection connection, Executor executor) {
		try {
			connection.abort(executor);
		}
		catch (SQLException | RuntimeException ex) {
			// it is of no use already
		}
	}

	/**
	 * The outcome: the answer, or silence.
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
	 * Whether it asked on the kept connection.
	 */
	boolean askedKept() {
		return this.askedKept;
	}

	boolean finished() {
		return this.finished;
	}

	long startedNanos() {
		return this.startedNanos;
	}

	long deadline() {
		return this.deadline;
	}

	private Duration took() {
		return Duration.ofNanos(this.target.nanos().nanoTime() - this.startedNanos);
	}

}
