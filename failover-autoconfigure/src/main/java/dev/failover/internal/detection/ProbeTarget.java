package dev.failover.internal.detection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import dev.failover.ErrorClass;
import dev.failover.Node;
import dev.failover.Verdict;
import dev.failover.dialect.Dialect;
import dev.failover.internal.error.ErrorClassification;
import dev.failover.internal.error.ErrorText;
import org.jspecify.annotations.Nullable;

/**
 * The node that a prober asks: how to reach it, how to ask, and the one connection that
 * is kept between probes. Thread-safe.
 */
public final class ProbeTarget {

	/**
	 * A kept connection is renewed after this time, so that a login that no longer works
	 * shows before the day of the outage.
	 */
	private static final Duration RENEWAL = Duration.ofSeconds(30);

	/** After a login was refused, it is tried again after this time. */
	private static final Duration LOGIN_RETRY = Duration.ofSeconds(2);

	private static final long LENT_POLL_MILLIS = 5;

	private final Node node;

	private final ProbeConnector connections;

	private final Dialect dialect;

	private final ErrorClassification errors;

	private final DetectionSettings settings;

	private final Clock clock;

	private final NanoClock nanos;

	private final ProbeListener listener;

	private final BlockingQueue<OpenedConnection> kept = new ArrayBlockingQueue<>(1);

	/** How many attempts have answered and still use their connection. */
	private final AtomicInteger lent = new AtomicInteger();

	private volatile long loginTriedNanos;

	private volatile @Nullable Problem loginProblem;

	private volatile boolean closed;

	public ProbeTarget(Node node, ProbeConnector connections, Dialect dialect, ErrorClassification errors,
			DetectionSettings settings, Clock clock, NanoClock nanos, ProbeListener listener) {
		this.node = node;
		this.connections = connections;
		this.dialect = dialect;
		this.errors = errors;
		this.settings = settings;
		this.clock = clock;
		this.nanos = nanos;
		this.listener = listener;
	}

	Node node() {
		return this.node;
	}

	Dialect dialect() {
		return this.dialect;
	}

	DetectionSettings settings() {
		return this.settings;
	}

	Clock clock() {
		return this.clock;
	}

	NanoClock nanos() {
		return this.nanos;
	}

	ProbeListener listener() {
		return this.listener;
	}

	OpenedConnection open() throws SQLException {
		Connection connection = this.connections.open();
		this.loginProblem = null;
		return new OpenedConnection(connection, this.nanos.nanoTime());
	}

	/**
	 * Take the kept connection, or null when there is none. One that an answered probe
	 * still reads replication on is waited for: on a slow link a fresh login would take
	 * longer.
	 */
	@Nullable OpenedConnection awaitKept(BooleanSupplier abandoned) throws SQLException {
		try {
			OpenedConnection connection = this.kept.poll();
			while (connection == null && this.lent.get() > 0 && !abandoned.getAsBoolean()) {
				connection = this.kept.poll(LENT_POLL_MILLIS, TimeUnit.MILLISECONDS);
			}
			return connection;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SQLException("Interrupted while waiting for the probe's connection", ex);
		}
	}

	/**
	 * An attempt has answered, and will use its connection a little longer.
	 */
	void lend() {
		this.lent.incrementAndGet();
	}

	/**
	 * It does so no more.
	 */
	void giveBack() {
		this.lent.decrementAndGet();
	}

	/**
	 * Keep a connection for the next probe.
	 * @return false if another is kept already
	 */
	boolean keep(OpenedConnection connection) {
		return !this.closed && this.kept.offer(connection);
	}

	/**
	 * Why the node refuses new logins while the kept connection still works, or null.
	 */
	@Nullable Problem loginProblem() {
		return this.loginProblem;
	}

	/**
	 * Log in anew where the kept connection is old or the last login was refused. Probes
	 * go on with the old one meanwhile: a slow login is no failed probe.
	 */
	void renew(OpenedConnection old) {
		long now = this.nanos.nanoTime();
		boolean retry = this.loginProblem != null && now - this.loginTriedNanos > LOGIN_RETRY.toNanos();
		if (!retry && (this.loginProblem != null || now - old.openedNanos() <= RENEWAL.toNanos())) {
			return;
		}
		this.loginTriedNanos = now;
		try {
			replace(open());
		}
		catch (SQLException ex) {
			if (verdict(ex) == Verdict.IMPAIRED) {
				this.loginProblem = problem(ex);
			}
		}
	}

	private void replace(OpenedConnection fresh) {
		OpenedConnection old = this.kept.poll();
		if (old != null) {
			closeQuietly(old);
		}
		if (!keep(fresh)) {
			closeQuietly(fresh);
		}
	}

	void close() {
		this.closed = true;
		OpenedConnection connection = this.kept.poll();
		if (connection != null) {
			closeQuietly(connection);
		}
	}

	/**
	 * What an error says of the node: one that a living server sends proves it alive.
	 */
	Verdict verdict(Exception error) {
		ErrorClass errorClass = this.errors.classify(error);
		return switch (errorClass) {
			case CONNECTION_LOST, STARTING_UP -> Verdict.DOWN;
			case OVERLOADED, UNAUTHORIZED, READ_ONLY -> Verdict.IMPAIRED;
			case APPLICATION -> answeredBySql(error) ? Verdict.IMPAIRED : Verdict.DOWN;
		};
	}

	/**
	 * Returns text and class of an error.
	 */
	Problem problem(Exception error) {
		return new Problem(ErrorText.of(error), this.errors.classify(error));
	}

	private static boolean answeredBySql(Exception error) {
		return error instanceof SQLException sql && sql.getSQLState() != null;
	}

	void readReplication(Connection connection) {
		try {
			this.listener.replicationRead(this.node, this.dialect.readReplication(connection), this.clock.instant());
		}
		catch (SQLException ex) {
			replicationUnknown();
		}
	}

	void replicationUnknown() {
		Instant now = this.clock.instant();
		this.listener.replicationRead(this.node, null, now);
	}

	private static void closeQuietly(OpenedConnection connection) {
		try {
			connection.connection().close();
		}
		catch (SQLException ex) {
			// it is of no use already
		}
	}

	/**
	 * Error of a probe or a login.
	 *
	 * @param text SQLState and message
	 * @param errorClass what the error says of the node
	 */
	record Problem(String text, ErrorClass errorClass) {
	}

}
