package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool;
import dev.failover.Node;
import dev.failover.PoolStats;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HikariCP pool on one node. While its node is lost it is fenced: it leads nowhere,
 * so that nobody waits in it.
 * <p>
 * {@link #getConnection} is called by any thread; fencing only by the monitor's.
 */
public final class NodePool {

	private static final Logger logger = LoggerFactory.getLogger(NodePool.class);

	private static final int CLEANING_ROUNDS = 1_000;

	private static final long CLEANING_PAUSE = 100_000;

	private final Node node;

	private final HikariDataSource pool;

	private final NodeConnector physical;

	private final Executor workers;

	private final LongSupplier failures;

	private final int configuredSize;

	private final AtomicBoolean retiring = new AtomicBoolean();

	NodePool(Node node, HikariDataSource pool, NodeConnector physical, Executor workers, LongSupplier failures) {
		this.node = node;
		this.pool = pool;
		this.physical = physical;
		this.workers = workers;
		this.failures = failures;
		this.configuredSize = pool.getMaximumPoolSize();
	}

	public Node node() {
		return this.node;
	}

	/**
	 * The pool itself.
	 */
	public HikariDataSource hikari() {
		return this.pool;
	}

	/**
	 * Whether the pool leads nowhere now.
	 */
	public boolean fenced() {
		return this.physical.fenced();
	}

	/**
	 * How full the pool is.
	 */
	public PoolStats stats() {
		HikariPoolMXBean bean = this.pool.getHikariPoolMXBean();
		if (bean == null) {
			return new PoolStats(0, 0, 0, this.configuredSize, 0);
		}
		return new PoolStats(bean.getActiveConnections(), bean.getIdleConnections(), bean.getTotalConnections(),
				this.configuredSize, bean.getThreadsAwaitingConnection());
	}

	/**
	 * How many errors of the application's calls on this node were not its own affair.
	 */
	public long failures() {
		return this.failures.getAsLong();
	}

	Connection getConnection() throws SQLException {
		return this.pool.getConnection();
	}

	/**
	 * Get a connection within a time of the caller's rather than the configured one.
	 */
	Connection getConnection(long millis) throws SQLException {
		return (this.pool.getHikariPoolMXBean() instanceof HikariPool hikari) ? hikari.getConnection(millis)
				: this.pool.getConnection();
	}

	/**
	 * The node has answered a probe: connects that failed meanwhile may fail.
	 */
	public void answered() {
		this.physical.verdict();
	}

	/**
	 * Lead nowhere from now on, and release every thread that waits for a connection.
	 * <p>
	 * One connection to nowhere serves all waiters in turn, for each gives it back to the
	 * next; where all places are taken by work that does not let go, the pool gets one
	 * more place for it. Nothing is evicted once there can be one: HikariCP 7.0 rests 30
	 * ms after each connection that it adds, and whoever waits would wait with it.
	 */
	public void fence() {
		if (!fenced()) {
			softEvict();
			this.pool.setMaximumPoolSize(this.configuredSize + 1);
			this.physical.fence();
			if (stats().waiting() > 0) {
				this.workers.execute(this::passNowhere);
			}
		}
	}

	/**
	 * Release the threads that wait for a connection of a living node; it is open again
	 * as soon as it answers.
	 */
	public void releaseWaiters() {
		if (stats().waiting() > 0) {
			fence();
		}
	}

	/**
	 * Where threads wait though the pool has room, make it open a connection: HikariCP
	 * fills a pool up to its minimum of idle ones only, and forgets who waits when
	 * connections were evicted while in use.
	 */
	public void helpWaiters() {
		PoolStats stats = stats();
		if (!fenced() && stats.waiting() > 0 && stats.total() < stats.max()) {
			this.workers.execute(this::borrow);
		}
	}

	/**
	 * Retire the connections that the pool has now: idle ones are closed, those in use
	 * when they are given back. Does not block.
	 */
	void retire() {
		if (this.retiring.compareAndSet(false, true)) {
			this.workers.execute(() -> {
				this.retiring.set(false);
				softEvict();
			});
		}
	}

	/**
	 * Retire the connections that the pool has now, those included that it is opening:
	 * one that was opened a moment ago may not be in the pool yet, and would be missed.
	 */
	public void renew() {
		softEvict();
		for (int i = 0; !this.physical.settled(stats().total()) && i < CLEANING_ROUNDS; i++) {
			LockSupport.parkNanos(CLEANING_PAUSE);
		}
		softEvict();
	}

	/**
	 * Abort every physical connection: whoever waits for this server is released.
	 * @return how many were in use
	 */
	public int abort() {
		int active = stats().active();
		this.physical.abortAll();
		if (!fenced()) {
			softEvict();
		}
		return active;
	}

	/**
	 * Lead to the server again; all connections to nowhere are gone when it returns.
	 */
	public void unfence() {
		if (!fenced()) {
			return;
		}
		this.physical.unfence();
		this.pool.setMaximumPoolSize(this.configuredSize);
		softEvict();
		for (int i = 0; this.physical.nowheres() > 0 && i < CLEANING_ROUNDS; i++) {
			LockSupport.parkNanos(CLEANING_PAUSE);
			softEvict();
		}
		if (this.physical.nowheres() > 0) {
			logger.warn("Pool of node '{}' still holds {} connection(s) to nowhere", this.node,
					this.physical.nowheres());
		}
	}

	/**
	 * Until nobody waits: the connection to nowhere can be evicted before all had it, and
	 * a pool without a minimum of idle connections opens no other by itself.
	 */
	private void passNowhere() {
		boolean passed = true;
		while (passed && fenced() && stats().waiting() > 0) {
			passed = borrow();
		}
	}

	/**
	 * Take a connection and give it back, for the sake of those who wait.
	 */
	private boolean borrow() {
		try {
			getConnection().close();
			return true;
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("Waiters of node '{}' were helped by other means", this.node, ex);
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
	 * Close the pool.
	 */
	public void close() {
		this.physical.fence();
		this.physical.abortAll();
		this.pool.close();
	}

}
