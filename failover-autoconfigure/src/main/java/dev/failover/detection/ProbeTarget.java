package dev.failover.detection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import dev.failover.dialect.Dialect;
import dev.failover.dialect.ErrorClass;
import dev.failover.dialect.Errors;
import dev.failover.topology.Node;
import dev.failover.topology.Verdict;

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

	private final Node node;

	private final ProbeConnections connections;

	private final Dialect dialect;

	private final Errors errors;

	private final DetectionSettings settings;

	private final Clock clock;

	private final NanoClock nanos;

	private final ProbeListener listener;

	private final AtomicReference<@Nullable ProbeConnection> kept = new AtomicReference<>();

	private volatile boolean closed;

	public ProbeTarget(Node node, ProbeConnections connections, Dialect dialect, Errors errors,
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

	ProbeConnection open() throws SQLException {
		return new ProbeConnection(this.connections.open(), this.nanos.nanoTime());
	}

	/**
	 * Take the kept connection, or null when there is none or it is due for renewal.
	 */
	@Nullable ProbeConnection takeKept() {
		ProbeConnection connection = this.kept.getAndSet(null);
		if (connection != null && this.nanos.nanoTime() - connection.openedNanos() > RENEWAL.toNanos()) {
			closeQuietly(connection);
			return null;
		}
		return connection;
	}

	/**
	 * Keep a connection for the next probe.
	 * @return false if another is kept already
	 */
	boolean keep(ProbeConnection connection) {
		return !this.closed && this.kept.compareAndSet(null, connection);
	}

	void close() {
		this.closed = true;
		ProbeConnection connection = this.kept.getAndSet(null);
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

	private static void closeQuietly(ProbeConnection connection) {
		try {
			connection.connection().close();
		}
		catch (SQLException ex) {
			// it is of no use already
		}
	}

}
