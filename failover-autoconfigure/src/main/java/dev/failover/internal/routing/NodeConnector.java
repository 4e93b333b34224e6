package dev.failover.internal.routing;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.logging.Logger;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Makes the physical connections under a pool and remembers them weakly, so that they can
 * be aborted; costs nothing but at connect time. While fenced, it answers at once with
 * connections to nowhere. Thread-safe.
 */
final class NodeConnector extends AbstractDataSource {

	private final DataSource driver;

	private final SessionWarmUp warmUp;

	private final Executor workers;

	private final Set<String> poolStatements;

	private final Predicate<SQLException> suspicious;

	private final Duration verdictTime;

	private final OpenConnections open = new OpenConnections();

	private final Set<CompletableFuture<Connection>> connecting = ConcurrentHashMap.newKeySet();

	private final AtomicInteger nowheres = new AtomicInteger();

	private volatile boolean fenced;

	private volatile CompletableFuture<Void> verdict = new CompletableFuture<>();

	private volatile @Nullable Thread backingOff;

	private final SharedDefaults defaults;

	private volatile boolean learnt;

	/**
	 * Create the connections of one node.
	 * @param driver opens real ones
	 * @param warmUp warms them
	 * @param workers threads that may block while connecting or aborting
	 * @param poolStatements the pool's own statements for set-up and validation
	 * @param defaults what fresh sessions have, learnt from the first real connection of
	 * any pool
	 * @param suspicious told of each failed connect; answers whether a probe will follow
	 * @param verdictTime how long such a failed connect waits for the prober's verdict
	 */
	NodeConnector(DataSource driver, SessionWarmUp warmUp, Executor workers, Set<String> poolStatements,
			SharedDefaults defaults, Predicate<SQLException> suspicious, Duration verdictTime) {
		this.driver = driver;
		this.warmUp = warmUp;
		this.workers = workers;
		this.poolStatements = Set.copyOf(poolStatements);
		this.defaults = defaults;
		this.suspicious = suspicious;
		this.verdictTime = verdictTime;
	}

	@Override
	public Connection getConnection() throws SQLException {
		return connect(this.driver::getConnection);
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return connect(() -> this.driver.getConnection(username, password));
	}

	/**
	 * Connect on a worker, so that the pool's thread can be released when the node is
	 * fenced. A failure waits for the prober's verdict: were it thrown at once, the pool
	 * would back off for up to 5 s, and its waiters with it.
	 */
	private Connection connect(Opening opening) throws SQLException {
		this.backingOff = null;
		CompletableFuture<Void> pending = this.verdict;
		CompletableFuture<Connection> result = new CompletableFuture<>();
		this.connecting.add(result);
		try {
			Connection nowhere = nowhereIfFenced();
			if (nowhere != null) {
				return nowhere;
			}
			this.workers.execute(() -> open(opening, result));
			return result.get();
		}
		catch (ExecutionException ex) {
			return failed(ex.getCause(), pending);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SQLException("Interrupted while connecting", ex);
		}
		finally {
			this.connecting.remove(result);
		}
	}

	private void open(Opening opening, CompletableFuture<Connection> result) {
		try {
			Connection connection = opening.open();
			this.open.add(connection);
			this.warmUp.warm(connection);
			learn(connection);
			if (!result.complete(connection)) {
				connection.abort(Runnable::run);
			}
		}
		catch (Throwable ex) {
			result.completeExceptionally(ex);
		}
	}

	private void learn(Connection connection) throws SQLException {
		if (!this.learnt) {
			this.learnt = true;
			this.defaults
				.learn(new SessionDefaults(connection.getTransactionIsolation(), connection.getNetworkTimeout()));
		}
	}

	private Connection nowhere() {
		this.nowheres.incrementAndGet();
		return PlaceholderConnection.open(this.defaults.current(), this.poolStatements, this.nowheres::decrementAndGet);
	}

	/**
	 * A connection to nowhere is counted before the fence is looked at again: whoever
	 * takes the fence away meanwhile sees either no such connection or its count.
	 */
	private @Nullable Connection nowhereIfFenced() {
		if (!this.fenced) {
			return null;
		}
		Connection connection = nowhere();
		if (this.fenced) {
			return connection;
		}
		closeQuietly(connection);
		return null;
	}

	private Connection failed(@Nullable Throwable cause, CompletableFuture<Void> pending) throws SQLException {
		SQLException failure = (cause instanceof SQLException sql) ? sql
				: new SQLException("Connecting failed: " + cause, "08001", cause);
		if (this.suspicious.test(failure)) {
			awaitVerdict(failure, pending);
		}
		this.backingOff = Thread.currentThread();
		Connection nowhere = nowhereIfFenced();
		if (nowhere != null) {
			this.backingOff = null;
			return nowhere;
		}
		throw failure;
	}

	private void awaitVerdict(SQLException failure, CompletableFuture<Void> pending) throws SQLException {
		try {
			pending.completeOnTimeout(null, this.verdictTime.toMillis(), TimeUnit.MILLISECONDS).get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failure;
		}
		catch (ExecutionException ex) {
			throw failure;
		}
	}

	/**
	 * The prober has looked: failures need not be held back any longer.
	 */
	void verdict() {
		CompletableFuture<Void> pending = this.verdict;
		this.verdict = new CompletableFuture<>();
		pending.complete(null);
	}

	/**
	 * From now on lead nowhere, and release whoever connects.
	 */
	void fence() {
		this.fenced = true;
		verdict();
		this.connecting.forEach((result) -> {
			if (!result.isDone()) {
				Connection connection = nowhere();
				if (!result.complete(connection)) {
					closeQuietly(connection);
				}
			}
		});
		Thread sleeping = this.backingOff;
		if (sleeping != null) {
			sleeping.interrupt();
		}
	}

	/**
	 * Lead to the server again.
	 */
	void unfence() {
		this.fenced = false;
	}

	boolean fenced() {
		return this.fenced;
	}

	/**
	 * How many connections to nowhere the pool still has.
	 */
	int nowheres() {
		return this.nowheres.get();
	}

	/**
	 * Abort all physical connections.
	 */
	void abortAll() {
		this.open.abortAll(this.workers);
	}

	/**
	 * Whether the pool has taken all that was opened for it, and nothing is being opened.
	 * @param total how many the pool has
	 */
	boolean settled(int total) {
		return this.connecting.isEmpty() && this.open.count() + nowheres() <= total;
	}

	private static void closeQuietly(Connection connection) {
		try {
			connection.close();
		}
		catch (SQLException ex) {
			// leads nowhere
		}
	}

	/** Hikari waits that long for its connecting thread when it is closed. */
	@Override
	public int getLoginTimeout() {
		return 1;
	}

	@Override
	public void setLoginTimeout(int timeout) {
		// the driver's own properties bound connecting; DriverManager's time-out is
		// global
	}

	@Override
	public PrintWriter getLogWriter() {
		throw new UnsupportedOperationException("getLogWriter");
	}

	@Override
	public Logger getParentLogger() {
		return Logger.getLogger(Logger.GLOBAL_LOGGER_NAME);
	}

	/**
	 * Opens one physical connection.
	 */
	@FunctionalInterface
	private interface Opening {

		Connection open() throws SQLException;

	}

}
