package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import javax.sql.DataSource;

import dev.failover.Access;
import dev.failover.Mode;
import dev.failover.NoNodeAvailableException;
import dev.failover.Node;
import dev.failover.ReadOnlyMode;
import dev.failover.Route;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * The application's data source: hands out connections from the pool on the node that the
 * route names.
 * <p>
 * Thread-safe. While the route stays, a connection costs one volatile read before the
 * pool's own {@code getConnection()} and one after it. When the route changes under a
 * caller, it goes on to the new route inside the same call.
 */
public final class FailoverDataSource extends AbstractRoutingDataSource {

	private final ReadOnlyMode readOnlyMode;

	private final long connectionTimeoutNanos;

	private final Runnable wanted;

	private final Bell changed = new Bell();

	private final LongAdder held = new LongAdder();

	private final LongAdder refused = new LongAdder();

	private volatile Map<Node, NodePool> pools = Map.of();

	private volatile ResolvedRoute routed;

	private volatile boolean closed;

	private volatile @Nullable RuntimeException failure;

	/**
	 * Create a data source whose pools are yet to come: until a route is published,
	 * callers wait for one.
	 * @param connectionTimeout how long a caller waits for a connection
	 * @param wanted told by each caller that the route sends nowhere, or elsewhere
	 */
	public FailoverDataSource(Route route, Duration connectionTimeout, ReadOnlyMode readOnlyMode, Runnable wanted) {
		this.readOnlyMode = readOnlyMode;
		this.wanted = wanted;
		this.routed = new ResolvedRoute(route, null, null, false, 0);
		this.connectionTimeoutNanos = connectionTimeout.toNanos();
	}

	/**
	 * Take the pools, in order of preference, before the first route is published.
	 */
	public void open(Map<Node, NodePool> pools) {
		Map<Object, Object> targets = new HashMap<>();
		pools.forEach((node, pool) -> targets.put(node, pool.hikari()));
		setTargetDataSources(targets);
		setDefaultTargetDataSource(pools.values().iterator().next().hikari());
		initialize();
		this.pools = Map.copyOf(pools);
	}

	/**
	 * Does nothing: the targets come when the data source is opened.
	 */
	@Override
	public void afterPropertiesSet() {
	}

	/**
	 * The current route.
	 */
	public Route route() {
		return this.routed.route();
	}

	/**
	 * Replace the route; callers that wait for one go on.
	 * @param heldUp how long the node that it leaves may have held up callers
	 */
	public void publish(Route route, Duration heldUp) {
		boolean readOnly = route.mode() == Mode.READ_ONLY;
		boolean serve = !readOnly || this.readOnlyMode == ReadOnlyMode.SERVE;
		this.routed = new ResolvedRoute(route, serve ? pool(route.serving()) : null, pool(route.reads()),
				readOnly && this.readOnlyMode == ReadOnlyMode.REJECT, heldUp.toNanos());
		this.changed.ring();
	}

	/**
	 * Hold new requests until the next route is published; each within its connection
	 * time-out, first in, first out.
	 */
	public void hold() {
		this.routed = this.routed.held();
	}

	/**
	 * Hand out nothing any more; callers that wait are refused.
	 */
	public void close() {
		this.closed = true;
		this.changed.ring();
	}

	/**
	 * Hand out nothing, for there will be no pools; callers that wait are told why.
	 */
	public void fail(RuntimeException cause) {
		this.failure = cause;
		close();
	}

	/**
	 * How many requests have waited for a route and were served.
	 */
	public long heldRequests() {
		return this.held.sum();
	}

	/**
	 * How many requests wait for a route now.
	 */
	public int waitingRequests() {
		return this.changed.waiting();
	}

	/**
	 * How many requests found no node in time.
	 */
	public long refusedRequests() {
		return this.refused.sum();
	}

	private @Nullable NodePool pool(@Nullable Node node) {
		return (node != null) ? this.pools.get(node) : null;
	}

	@Override
	protected @Nullable Object determineCurrentLookupKey() {
		return this.routed.route().serving();
	}

	@Override
	protected DataSource determineTargetDataSource() {
		NodePool pool = this.routed.plain();
		return (pool != null) ? pool.hikari() : super.determineTargetDataSource();
	}

	/**
	 * Answers for this data source only: the pool behind it changes, so nobody should
	 * hold on to it.
	 */
	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		if (type.isInstance(this)) {
			return type.cast(this);
		}
		throw new SQLException("The failover data source is no wrapper for " + type.getName()
				+ ": the pool behind it changes. The pools are beans of their own");
	}

	@Override
	public boolean isWrapperFor(Class<?> type) {
		return type.isInstance(this);
	}

	@Override
	public Connection getConnection() throws SQLException {
		ResolvedRoute observed = this.routed;
		NodePool pool = observed.plain();
		return (pool != null) ? connect(observed, pool, Access.WRITES) : reroute(observed, Access.WRITES);
	}

	/**
	 * A connection for work that will only read: from the mirror where it serves reads.
	 */
	Connection getReadConnection() throws SQLException {
		ResolvedRoute observed = this.routed;
		NodePool pool = observed.reads();
		return (pool != null) ? connect(observed, pool, Access.READS) : reroute(observed, Access.READS);
	}

	/**
	 * Refused: pools are opened for the configured user. HikariCP refuses it likewise.
	 */
	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		throw new SQLFeatureNotSupportedException(
				"Connections are pooled for the configured user; call getConnection() without credentials");
	}

	private Connection connect(ResolvedRoute observed, NodePool pool, Access access) throws SQLException {
		Connection connection;
		try {
			connection = pool.getConnection();
		}
		catch (SQLException ex) {
			if (this.routed == observed) {
				throw ex;
			}
			return reroute(observed, access);
		}
		return (this.routed == observed || fits(pool, connection, access)) ? connection : reroute(observed, access);
	}

	/**
	 * Whether a connection is from the pool that serves now; one that is not is given
	 * back: the next waiter of a fenced pool takes it and is released likewise.
	 */
	private boolean fits(NodePool pool, Connection connection, Access access) throws SQLException {
		if (pool == this.routed.pool(access) && !connection.isWrapperFor(Nowhere.class)) {
			return true;
		}
		connection.close();
		return false;
	}

	/**
	 * The slow path: the route changed under the caller, or there is nowhere to go now.
	 */
	private Connection reroute(ResolvedRoute observed, Access access) throws SQLException {
		long begun = System.nanoTime();
		this.wanted.run();
		long heldUp = (this.routed == observed) ? 0 : this.routed.heldUpNanos();
		long deadline = begun + this.connectionTimeoutNanos - Math.min(heldUp, this.connectionTimeoutNanos / 2);
		Step step = new Step(null);
		SQLException failure = null;
		while (System.nanoTime() - deadline < 0 && !this.closed) {
			ResolvedRoute current = this.routed;
			if (current.refuses(access)) {
				break;
			}
			NodePool pool = current.pool(access);
			if (pool == null) {
				step.end();
				step = this.changed.await(() -> this.routed != current || this.closed, deadline);
				continue;
			}
			try {
				Connection connection = connect(pool, step, deadline);
				if (fits(pool, connection, access)) {
					this.held.increment();
					return connection;
				}
			}
			catch (SQLException ex) {
				failure = ex;
				if (this.routed == current) {
					throw ex;
				}
			}
		}
		step.end();
		throw refusal(access, failure, Duration.ofNanos(System.nanoTime() - begun));
	}

	/**
	 * Whatever comes of it, the next one may go: a caller that comes back without a
	 * connection waits or fails.
	 */
	private static Connection connect(NodePool pool, Step step, long deadline) throws SQLException {
		step.begin(deadline);
		try {
			return pool.getConnection(millisUntil(deadline));
		}
		finally {
			step.end();
		}
	}

	private SQLException refusal(Access access, @Nullable SQLException failure, Duration waited) {
		this.refused.increment();
		NoNodeAvailableException refusal = new NoNodeAvailableException(route(), access, waited);
		Exception cause = (failure != null) ? failure : this.failure;
		if (cause != null) {
			refusal.initCause(cause);
		}
		return refusal;
	}

	private static long millisUntil(long deadline) {
		return Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
	}

}
