package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

import dev.failover.NoNodeAvailableException;
import dev.failover.Node;
import dev.failover.internal.routing.HeldRequests.Ticket;
import dev.failover.internal.routing.ResolvedRoute.Unserved;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * Data source of the application: hands out connections from the pool on the node that
 * the current route names.
 * <p>
 * Thread-safe. While the route stays, a connection costs one volatile read before the
 * pool's own {@code getConnection()} and one after it. When the route changes during a
 * call, the caller is served on the new route inside the same call.
 */
public class FailoverDataSource extends AbstractRoutingDataSource {

	private final CurrentRoute current;

	private final long connectionTimeoutNanos;

	private final RerouteListener onReroute;

	private final BooleanSupplier readsSuffice;

	private final LongAdder held = new LongAdder();

	private final LongAdder refused = new LongAdder();

	/**
	 * Creates a data source. Until a route is published, callers wait for one.
	 * @param pools the pool of each node, shown as the targets of this data source
	 * @param connectionTimeout longest time that a caller waits for a connection
	 * @param onReroute listener for callers that the route cannot serve at once
	 * @param readsSuffice tells whether the nodes that serve reads have what the
	 * read-only transaction of the current thread requires
	 */
	public FailoverDataSource(CurrentRoute current, Map<Node, ? extends DataSource> pools, Duration connectionTimeout,
			RerouteListener onReroute, BooleanSupplier readsSuffice) {
		this.current = current;
		this.connectionTimeoutNanos = connectionTimeout.toNanos();
		this.onReroute = onReroute;
		this.readsSuffice = readsSuffice;
		setTargetDataSources(new HashMap<>(pools));
		setDefaultTargetDataSource(pools.values().iterator().next());
		initialize();
	}

	/**
	 * Returns whether a data source is a failover data source or wraps one.
	 */
	public static boolean isIn(DataSource dataSource) {
		try {
			return dataSource.isWrapperFor(FailoverDataSource.class);
		}
		catch (SQLException | RuntimeException ex) {
			return false;
		}
	}

	/**
	 * Returns the number of requests that have waited for a route and were served.
	 */
	public long heldRequests() {
		return this.held.sum();
	}

	/**
	 * Returns the number of requests that wait for a route now.
	 */
	public int waitingRequests() {
		return this.current.waitingRequests();
	}

	/**
	 * Returns the number of requests that found no node in time.
	 */
	public long refusedRequests() {
		return this.refused.sum();
	}

	@Override
	protected @Nullable Object determineCurrentLookupKey() {
		return this.current.get().serving();
	}

	@Override
	protected DataSource determineTargetDataSource() {
		NodePool pool = this.current.resolved().any();
		return (pool != null) ? pool.hikari() : super.determineTargetDataSource();
	}

	/**
	 * Returns this data source, because the pool behind it changes. As a plain
	 * {@link DataSource}, it is the pool of the node that takes writes at the moment, or
	 * serves if there is none: Boot derives a data source for another user from it, for
	 * migrations, for example.
	 */
	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		if (type == DataSource.class) {
			return type.cast(currentPool());
		}
		if (type.isInstance(this)) {
			return type.cast(this);
		}
		throw new SQLException("The failover data source cannot be unwrapped to " + type.getName()
				+ " because the pool behind it changes. Inject dev.failover.Failover for the state of the pools, "
				+ "or define a data source of your own");
	}

	private DataSource currentPool() throws SQLException {
		if (this.current.resolved().any() == null) {
			getConnection().close();
		}
		return determineTargetDataSource();
	}

	@Override
	public boolean isWrapperFor(Class<?> type) {
		return type.isInstance(this);
	}

	@Override
	public Connection getConnection() throws SQLException {
		ResolvedRoute observed = this.current.resolved();
		NodePool all = observed.all();
		if (all != null) {
			return connect(observed, all);
		}
		Access access = access();
		NodePool pool = observed.pool(access);
		if (pool == null || (access == Access.ANY && awaitWriterAfterRefusal(observed))) {
			return reroute(observed, access);
		}
		return connect(observed, pool);
	}

	/**
	 * Always fails, as HikariCP does: pools are opened for the configured user.
	 */
	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		throw new SQLFeatureNotSupportedException(
				"Connections are pooled for the configured user; call getConnection() without credentials");
	}

	/**
	 * Waits for a node that accepts writes, for a while, if a server has just refused a
	 * write of the current thread because there is none.
	 * @return whether the route has changed
	 */
	private boolean awaitWriterAfterRefusal(ResolvedRoute observed) throws SQLException {
		if (observed.writes() != null || !RefusedWrites.poll(observed.route())) {
			return false;
		}
		long pause = Math.min(RefusedWrites.PAUSE, this.connectionTimeoutNanos / 2);
		this.current.awaitChange(observed, System.nanoTime() + pause).end();
		return this.current.resolved() != observed;
	}

	/**
	 * Returns the longest time that a caller waits for a connection, in seconds.
	 */
	@Override
	public int getLoginTimeout() {
		return (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toSeconds(this.connectionTimeoutNanos));
	}

	/**
	 * Always fails: the pools, which share their time-out, are configured by properties.
	 */
	@Override
	public void setLoginTimeout(int timeout) throws SQLException {
		throw new SQLFeatureNotSupportedException(
				"The login time-out cannot be changed; set spring.datasource.hikari.connection-timeout");
	}

	private Connection connect(ResolvedRoute observed, NodePool pool) throws SQLException {
		Connection connection;
		try {
			connection = pool.getConnection();
		}
		catch (SQLException ex) {
			if (this.current.resolved() == observed) {
				throw ex;
			}
			return reroute(observed, access());
		}
		if (this.current.resolved() == observed && !pool.isUnclean()) {
			return connection;
		}
		Access access = access();
		return fits(pool, connection, access) ? connection : reroute(observed, access);
	}

	/**
	 * Returns the access that the current thread's work needs. Reads that require more
	 * than the nodes for reads have go to the node that accepts writes.
	 */
	private Access access() {
		Access access = TransactionIntention.current();
		return (access == Access.READS && !this.readsSuffice.getAsBoolean()) ? Access.WRITES : access;
	}

	/**
	 * Returns whether a connection comes from the pool that serves now, and works. Gives
	 * back one that does not.
	 */
	private boolean fits(NodePool pool, Connection connection, Access access) {
		boolean fits = false;
		try {
			fits = this.current.resolved().serves(pool, access) && !PlaceholderConnection.isPlaceholder(connection);
		}
		catch (SQLException ex) {
			// the connection was aborted after the pool had handed it out
		}
		finally {
			if (!fits) {
				pool.giveBack(connection);
			}
		}
		return fits;
	}

	/**
	 * Serves a caller during whose call the route changed, or for whom there is no pool
	 * now. This is the slow path.
	 */
	private Connection reroute(ResolvedRoute observed, Access access) throws SQLException {
		HeldCall call = new HeldCall(this.onReroute);
		this.onReroute.rerouted();
		try {
			return reroute(observed, access, call);
		}
		finally {
			call.end(this.current.get());
		}
	}

	private Connection reroute(ResolvedRoute observed, Access access, HeldCall call) throws SQLException {
		ResolvedRoute next = this.current.resolved();
		long heldUp = (next == observed) ? 0 : next.heldUpNanos();
		long deadline = call.begun() + this.connectionTimeoutNanos - Math.min(heldUp, this.connectionTimeoutNanos / 2);
		Ticket ticket = Ticket.none();
		SQLException failure = null;
		while (System.nanoTime() - deadline < 0) {
			ResolvedRoute route = this.current.resolved();
			if (route.refuses(access, System.nanoTime()) || route.isClosed() || route.isDenied()) {
				break;
			}
			NodePool pool = route.pool(access);
			if (pool == null) {
				ticket.end();
				call.waits();
				ticket = this.current.awaitChange(route, route.deadline(access, deadline));
				continue;
			}
			try {
				Connection connection = connect(pool, ticket, deadline);
				if (fits(pool, connection, access)) {
					this.held.increment();
					call.served(pool.node());
					return connection;
				}
			}
			catch (SQLException ex) {
				failure = ex;
				if (this.current.resolved() == route) {
					throw ex;
				}
			}
		}
		ticket.end();
		throw refusal(access, failure, call.elapsed());
	}

	/**
	 * Takes a connection when it is the caller's turn. Lets the next caller proceed even
	 * if this one got no connection: this one then waits or fails.
	 */
	private static Connection connect(NodePool pool, Ticket ticket, long deadline) throws SQLException {
		ticket.begin(deadline);
		try {
			return pool.getConnection(millisUntil(deadline));
		}
		finally {
			ticket.end();
		}
	}

	private SQLException refusal(Access access, @Nullable SQLException failure, Duration waited) {
		this.refused.increment();
		NoNodeAvailableException refusal = new NoNodeAvailableException(this.current.get(), access.label(), waited);
		Exception cause = (failure != null) ? failure : reason(this.current.resolved());
		if (cause != null) {
			refusal.initCause(cause);
		}
		return refusal;
	}

	private static @Nullable Exception reason(ResolvedRoute route) {
		Unserved unserved = route.unserved();
		return (unserved != null) ? new SQLException(unserved.reason(), unserved.atOnce() ? "28000" : "08001")
				: route.closeReason();
	}

	private static long millisUntil(long deadline) {
		return Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
	}

}
