package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool;
import dev.failover.Node;
import dev.failover.PoolStats;
import dev.failover.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HikariCP pool on one node. While the node is quarantined, the pool contains placeholder
 * connections only, so that no thread waits in it.
 * <p>
 * {@link #getConnection} is called by any thread; quarantine and readmission only by the
 * monitor's.
 */
public final class NodePool {

	private static final Logger logger = LoggerFactory.getLogger(NodePool.class);

	private static final int CLEANING_ROUNDS = 1_000;

	private static final long CLEANING_PAUSE = 100_000;

	/** Longest time for which closing waits until no thread waits in the pool. */
	private static final long LONGEST_RELEASE = 1_000_000_000;

	private final Node node;

	private final NodeConnector connector;

	private final PoolExecutors executors;

	private final TrafficErrors errors;

	private final HikariDataSource pool;

	private final AtomicBoolean retiring = new AtomicBoolean();

	private final AtomicBoolean passing = new AtomicBoolean();

	/** Size of the pool before it was raised for a placeholder, or 0. */
	private volatile int sizeBefore;

	/**
	 * Whether the pool was readmitted with placeholders in it. Not volatile: written
	 * before the route is published with which requests come here.
	 */
	private boolean unclean;

	/**
	 * Starts the pool. Does not wait for the node.
	 * @param config configuration of the pool, which is completed and sealed; or a pool
	 * that is not started, which stays so until a connection is requested
	 * @param errors creates the error hook from an action that retires the pool's
	 * connections
	 */
	NodePool(Node node, HikariConfig config, NodeConnector connector, PoolExecutors executors,
			Function<Runnable, TrafficErrors> errors) {
		this.node = node;
		this.connector = connector;
		this.executors = executors;
		this.errors = errors.apply(this::retire);
		config.setDataSource(connector);
		config.setExceptionOverride(this.errors);
		config.setInitializationFailTimeout(-1);
		this.pool = (config instanceof HikariDataSource unstarted) ? unstarted : new HikariDataSource(config);
		connector.waiters(() -> stats().waiting() > 0);
		PoolExamination examination = new PoolExamination(config.getTransactionIsolation() != null);
		connector.examiner((values) -> examination.tell(this.pool.getHikariPoolMXBean(), values));
	}

	public Node node() {
		return this.node;
	}

	/**
	 * Returns the HikariCP pool itself.
	 */
	public HikariDataSource hikari() {
		return this.pool;
	}

	/**
	 * Returns whether the node is quarantined.
	 */
	public boolean isQuarantined() {
		return this.connector.isQuarantined();
	}

	/**
	 * Returns the current use of the pool.
	 */
	public PoolStats stats() {
		HikariPoolMXBean bean = this.pool.getHikariPoolMXBean();
		if (bean == null) {
			return new PoolStats(0, 0, 0, size(), 0);
		}
		return new PoolStats(bean.getActiveConnections(), bean.getIdleConnections(), bean.getTotalConnections(), size(),
				bean.getThreadsAwaitingConnection());
	}

	/**
	 * Returns the size of the pool without the slot for a placeholder. An operator can
	 * change it at any time.
	 */
	private int size() {
		int before = this.sizeBefore;
		int current = this.pool.getMaximumPoolSize();
		return (before != 0 && current == before + 1) ? before : current;
	}

	/**
	 * Returns the number of connections in use and of threads that wait for one.
	 */
	int load() {
		HikariPoolMXBean bean = this.pool.getHikariPoolMXBean();
		return (bean != null) ? bean.getActiveConnections() + bean.getThreadsAwaitingConnection() : 0;
	}

	/**
	 * Returns the number of errors on the pool's connections that concern the node.
	 */
	public long failures() {
		return this.errors.failures();
	}

	Connection getConnection() throws SQLException {
		return this.pool.getConnection();
	}

	/**
	 * Returns a connection within the given time-out rather than the configured one.
	 */
	Connection getConnection(long millis) throws SQLException {
		return (this.pool.getHikariPoolMXBean() instanceof HikariPool hikari) ? hikari.getConnection(millis)
				: this.pool.getConnection();
	}

	/**
	 * Returns whether a connection can be a placeholder although the node is in use.
	 */
	boolean isUnclean() {
		return this.unclean;
	}

	/**
	 * Gives back a connection that its caller does not use. In quarantine, the next
	 * waiter gets it and is released in turn; afterwards, a placeholder leaves the pool.
	 */
	void giveBack(Connection connection) {
		try (connection) {
			if (!isQuarantined() && PlaceholderConnection.isPlaceholder(connection)) {
				this.pool.evictConnection(connection);
			}
		}
		catch (SQLException ex) {
			// the pool does not keep it
		}
	}

	/**
	 * Records the outcome of a probe of the node, which explains writes that it refused
	 * before.
	 * @param role the role, {@code UNKNOWN} if the node did not tell it
	 * @param startedNanos {@link System#nanoTime()} at which the probe began
	 */
	public void probed(Role role, long startedNanos) {
		this.errors.probed(role, startedNanos);
	}

	/**
	 * Releases failed connects that wait for a verdict: the node has answered a probe.
	 */
	public void answered() {
		this.connector.answered();
	}

	/**
	 * Records whether work may go to the node at any moment: its pool then fills as fast
	 * as it can.
	 */
	public void expectWork(boolean expected) {
		this.connector.expectWork(expected);
	}

	/**
	 * Stops using the server and releases all threads that wait in this pool.
	 * <p>
	 * One placeholder connection is passed from waiter to waiter. If all slots are in
	 * use, the pool temporarily gets one extra slot for it. Nothing is evicted once there
	 * can be a placeholder: HikariCP 7.0 pauses for 30 ms after each connection that it
	 * adds, and the waiters wait for that long.
	 */
	public void quarantine() {
		if (!isQuarantined()) {
			softEvict();
			this.sizeBefore = size();
			this.pool.setMaximumPoolSize(this.sizeBefore + 1);
		}
		this.connector.quarantine();
		helpWaiters();
	}

	/**
	 * Releases the threads that wait for a connection of a living node. The node is
	 * readmitted as soon as it answers.
	 */
	public void releaseWaiters() {
		if (stats().waiting() > 0) {
			quarantine();
		}
	}

	/**
	 * Makes the pool open a connection if threads wait although it has room: HikariCP
	 * fills a pool only up to its minimum of idle connections, and opens none for waiters
	 * when connections were evicted while in use. Asks the pool as a caller does, but
	 * does not wait itself. In quarantine, passes the placeholder on.
	 */
	public void helpWaiters() {
		this.unclean = this.unclean && this.connector.placeholders() > 0;
		PoolStats stats = stats();
		if (stats.waiting() == 0) {
			return;
		}
		if (isQuarantined()) {
			passPlaceholders();
		}
		else if (stats.total() < stats.max() && this.pool.getHikariPoolMXBean() instanceof HikariPool hikari) {
			hikari.addBagItem(stats.waiting());
		}
	}

	/**
	 * Retires the connections that the pool has now: idle ones are closed, those in use
	 * when they are given back. Does not block.
	 */
	public void retire() {
		if (this.retiring.compareAndSet(false, true)) {
			execute(this.retiring, this::softEvict);
		}
	}

	/**
	 * Executes work on another thread. The flag is lowered at its beginning, or if it
	 * cannot be executed.
	 */
	private void execute(AtomicBoolean flag, Runnable work) {
		try {
			this.executors.general().execute(() -> {
				flag.set(false);
				work.run();
			});
		}
		catch (Throwable ex) {
			flag.set(false);
			throw ex;
		}
	}

	/**
	 * Retires the connections that the pool has now, including those that it is opening:
	 * a connection that was opened a moment ago may not be in the pool yet.
	 */
	public void renew() {
		softEvict();
		for (int i = 0; !this.connector.isSettled(stats().total()) && i < CLEANING_ROUNDS; i++) {
			LockSupport.parkNanos(CLEANING_PAUSE);
		}
		softEvict();
	}

	/**
	 * Aborts every physical connection, which releases the threads that wait for this
	 * server at once, also those that connect or cancel a statement. What they have
	 * written and the system has not yet sent is discarded.
	 * @return number of connections that were in use
	 */
	public int abort() {
		int active = stats().active();
		this.connector.resetAll(this.executors.aborts());
		if (!isQuarantined()) {
			softEvict();
		}
		return active;
	}

	/**
	 * Uses the server again. The pool contains no placeholder connection when this method
	 * returns, except for one that a thread has not put into the pool or given back for
	 * too long.
	 */
	public void readmit() {
		if (!isQuarantined()) {
			return;
		}
		this.connector.readmit();
		this.pool.setMaximumPoolSize(size());
		this.sizeBefore = 0;
		softEvict();
		for (int i = 0; this.connector.placeholders() > 0 && i < CLEANING_ROUNDS; i++) {
			LockSupport.parkNanos(CLEANING_PAUSE);
			softEvict();
		}
		fill();
		this.unclean = this.connector.placeholders() > 0;
		if (this.unclean) {
			logger.warn(
					"The pool of node '{}' still contains {} placeholder connection(s) after its readmission. "
							+ "Requests that get one are served again; report this if it lasts",
					this.node, this.connector.placeholders());
		}
	}

	/**
	 * Makes the pool open its minimum of idle connections: quarantine has ended its
	 * attempts to connect, and HikariCP looks only every 30 s.
	 */
	private void fill() {
		if (this.pool.getHikariPoolMXBean() instanceof HikariPool hikari) {
			int minimum = this.pool.getMinimumIdle();
			for (int idle = hikari.getIdleConnections(); idle < minimum; idle++) {
				hikari.addBagItem(minimum);
			}
		}
	}

	/**
	 * Passes a placeholder on until no thread waits. It can be evicted before all waiters
	 * had it, and a pool without a minimum of idle connections opens no other by itself.
	 * One thread does this at a time, and waits in the pool as those do whom it helps.
	 */
	private void passPlaceholders() {
		if (this.passing.compareAndSet(false, true)) {
			try {
				this.executors.general().execute(() -> {
					try {
						passUntilNobodyWaits();
					}
					finally {
						this.passing.set(false);
					}
				});
			}
			catch (Throwable ex) {
				this.passing.set(false);
				throw ex;
			}
		}
	}

	private void passUntilNobodyWaits() {
		boolean passed = true;
		while (passed && isQuarantined() && stats().waiting() > 0) {
			passed = borrow();
		}
	}

	/**
	 * Takes a connection and returns it, so that the waiters get one.
	 */
	private boolean borrow() {
		try {
			getConnection().close();
			return true;
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("No connection could be opened for the waiters of node '{}'", this.node, ex);
			return false;
		}
	}

	private void softEvict() {
		HikariPoolMXBean bean = this.pool.getHikariPoolMXBean();
		if (bean != null) {
			bean.softEvictConnections();
		}
	}

	/**
	 * Closes the pool and aborts its connections: with a reset if the node is lost. A
	 * living server would report a reset in its log. Threads that wait in the pool are
	 * released before: a closed one would let them wait for their connection time-out.
	 */
	public void close() {
		boolean lost = isQuarantined();
		quarantine();
		if (lost) {
			this.connector.resetAll(this.executors.aborts());
		}
		else {
			this.connector.abortAll(this.executors.aborts());
		}
		long deadline = System.nanoTime() + LONGEST_RELEASE;
		while (stats().waiting() > 0 && System.nanoTime() - deadline < 0) {
			helpWaiters();
			LockSupport.parkNanos(CLEANING_PAUSE);
		}
		this.pool.close();
	}

}
