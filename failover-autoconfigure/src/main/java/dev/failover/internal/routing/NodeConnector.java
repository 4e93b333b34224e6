package dev.failover.internal.routing;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.logging.Logger;

import javax.sql.DataSource;

import dev.failover.internal.concurrent.ConnectionAbort;
import dev.failover.internal.routing.SessionDefaults.Values;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Data source under the pool of a node: opens the physical connections, which can be
 * aborted. It costs time only when a connection is opened. While the node is quarantined,
 * it returns placeholder connections at once. Thread-safe.
 */
final class NodeConnector extends AbstractDataSource {

	private final PhysicalConnections physical;

	private final SessionPreparation preparation;

	private final Placeholders placeholders;

	private final VerdictLatch verdicts;

	private final Executor workers;

	private final Set<CompletableFuture<Connection>> connecting = ConcurrentHashMap.newKeySet();

	private volatile boolean quarantined;

	private volatile @Nullable Thread backingOff;

	private volatile BooleanSupplier waiters = () -> false;

	private volatile Consumer<Values> examiner = (values) -> {
	};

	/**
	 * Creates the connector of one node.
	 * @param physical opens and aborts physical connections
	 * @param preparation prepares fresh sessions
	 * @param placeholders opens placeholder connections
	 * @param verdicts holds back failures of suspicious connects
	 * @param workers threads that may block while connecting
	 */
	NodeConnector(PhysicalConnections physical, SessionPreparation preparation, Placeholders placeholders,
			VerdictLatch verdicts, Executor workers) {
		this.physical = physical;
		this.preparation = preparation;
		this.placeholders = placeholders;
		this.verdicts = verdicts;
		this.workers = workers;
	}

	@Override
	public Connection getConnection() throws SQLException {
		return connect(this.physical.driver()::getConnection);
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return connect(() -> this.physical.driver().getConnection(username, password));
	}

	/**
	 * Connects on a worker, so that the pool's thread can be released when the node is
	 * quarantined.
	 */
	private Connection connect(Opening opening) throws SQLException {
		this.backingOff = null;
		this.physical.pace().await(this::isNeeded);
		CompletableFuture<Void> verdict = this.verdicts.next();
		CompletableFuture<Connection> result = new CompletableFuture<>();
		this.connecting.add(result);
		try {
			Connection placeholder = placeholderIfQuarantined();
			if (placeholder != null) {
				return placeholder;
			}
			long begun = System.nanoTime();
			this.workers.execute(() -> open(opening, result));
			Connection connection = result.get();
			this.physical.pace().connected(begun);
			Values learnt = this.preparation.learnt();
			if (learnt != null) {
				this.examiner.accept(learnt);
			}
			return connection;
		}
		catch (ExecutionException ex) {
			return failed(ex.getCause(), verdict);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			SQLException failure = new SQLException("Interrupted while connecting", ex);
			if (!result.completeExceptionally(failure)) {
				ConnectionAbort.abort(result.join(), Runnable::run);
			}
			throw failure;
		}
		finally {
			this.connecting.remove(result);
		}
	}

	private void open(Opening opening, CompletableFuture<Connection> result) {
		boolean handedOver = false;
		Connection connection = null;
		try {
			connection = opening.open();
			this.preparation.prepare(connection);
			handedOver = result.complete(connection);
		}
		catch (Throwable ex) {
			result.completeExceptionally(ex);
		}
		finally {
			if (!handedOver && connection != null) {
				ConnectionAbort.abort(connection, Runnable::run);
			}
		}
	}

	/**
	 * Counts a placeholder before it checks the quarantine again, so that a readmission
	 * at the same time sees either no placeholder or its count.
	 */
	private @Nullable Connection placeholderIfQuarantined() {
		if (!this.quarantined) {
			return null;
		}
		Connection placeholder = this.placeholders.open();
		if (this.quarantined) {
			return placeholder;
		}
		closeQuietly(placeholder);
		return null;
	}

	private Connection failed(@Nullable Throwable cause, CompletableFuture<Void> verdict) throws SQLException {
		SQLException failure = (cause instanceof SQLException sql) ? sql
				: new SQLException("Connecting failed: " + cause, "08001", cause);
		this.verdicts.await(failure, verdict);
		this.backingOff = Thread.currentThread();
		Connection placeholder = placeholderIfQuarantined();
		if (placeholder != null) {
			this.backingOff = null;
			return placeholder;
		}
		throw failure;
	}

	/**
	 * Releases failed connects that wait for a verdict: the prober has asked the node.
	 */
	void answered() {
		this.verdicts.release();
	}

	/**
	 * Opens placeholders only from now on, and releases the threads that are connecting.
	 */
	void quarantine() {
		this.quarantined = true;
		this.verdicts.release();
		this.connecting.forEach((result) -> {
			if (!result.isDone()) {
				Connection placeholder = this.placeholders.open();
				if (!result.complete(placeholder)) {
					closeQuietly(placeholder);
				}
			}
		});
		Thread sleeping = this.backingOff;
		if (sleeping != null) {
			this.backingOff = null;
			sleeping.interrupt();
		}
	}

	private boolean isNeeded() {
		return this.quarantined || this.waiters.getAsBoolean();
	}

	/**
	 * Sets what tells whether threads wait in the pool: they do not wait for the pace of
	 * its logins.
	 */
	void waiters(BooleanSupplier waiters) {
		this.waiters = waiters;
	}

	/**
	 * Sets what is told the values of the first session, once they are known, on the
	 * thread that is about to hand a connection to the pool.
	 */
	void examiner(Consumer<Values> examiner) {
		this.examiner = examiner;
	}

	/**
	 * Records whether work may go to the node at any moment.
	 */
	void expectWork(boolean expected) {
		this.physical.pace().expectWork(expected);
	}

	/**
	 * Connects to the server again.
	 */
	void readmit() {
		this.quarantined = false;
	}

	boolean isQuarantined() {
		return this.quarantined;
	}

	/**
	 * Returns the number of placeholders that the pool still has.
	 */
	int placeholders() {
		return this.placeholders.count();
	}

	/**
	 * Closes the sockets of all physical connections, then aborts the connections.
	 */
	void resetAll(Executor aborts) {
		this.physical.open().resetAll(aborts);
	}

	/**
	 * Aborts all physical connections.
	 */
	void abortAll(Executor aborts) {
		this.physical.open().abortAll(aborts);
	}

	/**
	 * Returns whether the pool has taken all that was opened for it, and nothing is being
	 * opened.
	 * @param total number of connections that the pool has
	 */
	boolean isSettled(int total) {
		return this.connecting.isEmpty() && this.physical.open().count() + placeholders() <= total;
	}

	private static void closeQuietly(Connection placeholder) {
		try {
			placeholder.close();
		}
		catch (SQLException ex) {
			// a placeholder has no server
		}
	}

	/**
	 * Returns one second: HikariCP waits that long for its connecting thread when it is
	 * closed.
	 */
	@Override
	public int getLoginTimeout() {
		return 1;
	}

	/**
	 * Has no effect: the driver's own properties bound connecting, and the time-out of
	 * {@link java.sql.DriverManager} is global.
	 */
	@Override
	public void setLoginTimeout(int timeout) {
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

	/**
	 * Physical connections of one pool.
	 *
	 * @param driver opens them
	 * @param open those that the driver has opened
	 * @param pace spaces them
	 */
	record PhysicalConnections(DataSource driver, OpenConnections open, ConnectPace pace) {

	}

	/**
	 * Opens placeholders for one pool and counts those that are open.
	 *
	 * @param defaults properties of a fresh session
	 * @param poolStatements statements of the pool for set-up and validation
	 * @param opened number of placeholders that are open
	 */
	record Placeholders(SessionDefaults defaults, Set<String> poolStatements, AtomicInteger opened) {

		Placeholders(SessionDefaults defaults, Set<String> poolStatements) {
			this(defaults, Set.copyOf(poolStatements), new AtomicInteger());
		}

		Connection open() {
			this.opened.incrementAndGet();
			return PlaceholderConnection.open(this.defaults, this.poolStatements, this.opened::decrementAndGet);
		}

		int count() {
			return this.opened.get();
		}

	}

}
