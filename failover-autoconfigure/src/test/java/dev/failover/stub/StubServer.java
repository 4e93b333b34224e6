package dev.failover.stub;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * A database server that exists in the test only: it answers, refuses or stays silent, as
 * it is told. Thread-safe.
 */
public final class StubServer implements AutoCloseable {

	private static final AtomicInteger NUMBERS = new AtomicInteger();

	private final String url = "jdbc:stub:" + NUMBERS.incrementAndGet();

	private final Set<StubConnection> connections = ConcurrentHashMap.newKeySet();

	private final Map<String, SQLException> errors = new ConcurrentHashMap<>();

	private final Map<String, Integer> executed = new ConcurrentHashMap<>();

	private final Set<String> silent = ConcurrentHashMap.newKeySet();

	private final AtomicInteger connects = new AtomicInteger();

	private final AtomicInteger aborts = new AtomicInteger();

	private final AtomicInteger waitingConnects = new AtomicInteger();

	private volatile @Nullable SQLException refusal;

	private volatile CountDownLatch silentConnects = new CountDownLatch(0);

	public StubServer() {
		StubDriver.add(this);
	}

	public String url() {
		return this.url;
	}

	/**
	 * Accept connections again.
	 */
	public void accept() {
		this.refusal = null;
		this.silentConnects.countDown();
	}

	/**
	 * Refuse connections from now on, with that SQLState.
	 */
	public void refuse(String sqlState) {
		this.refusal = new SQLException("refused by " + this.url, sqlState);
	}

	/**
	 * Neither accept nor refuse connections until {@link #accept()}.
	 */
	public void ignoreConnects() {
		this.silentConnects = new CountDownLatch(1);
	}

	/**
	 * Answer a statement with an error.
	 */
	public void fail(String sql, String sqlState) {
		this.errors.put(sql, new SQLException("'" + sql + "' failed", sqlState));
	}

	/**
	 * Do not answer a statement until the connection is aborted.
	 */
	public void ignore(String sql) {
		this.silent.add(sql);
	}

	/**
	 * Answer a statement again.
	 */
	public void answer(String sql) {
		this.errors.remove(sql);
		this.silent.remove(sql);
	}

	/**
	 * Do not answer on the connections that are open now; fresh ones are well.
	 */
	public void ignoreOnOpenConnections() {
		this.connections.forEach(StubConnection::silence);
	}

	/**
	 * How often a connection was asked for.
	 */
	public int connects() {
		return this.connects.get();
	}

	/**
	 * How many are waiting for a connection now.
	 */
	public int waitingConnects() {
		return this.waitingConnects.get();
	}

	/**
	 * Connections that are neither closed nor aborted.
	 */
	public int open() {
		return this.connections.size();
	}

	/**
	 * How often that statement was executed.
	 */
	public int executed(String sql) {
		return this.executed.getOrDefault(sql, 0);
	}

	/**
	 * How many connections were aborted.
	 */
	public int aborts() {
		return this.aborts.get();
	}

	/**
	 * Open a connection, as the driver does.
	 */
	public Connection connect() throws SQLException {
		this.connects.incrementAndGet();
		awaitAcceptance();
		SQLException error = this.refusal;
		if (error != null) {
			throw copy(error);
		}
		StubConnection connection = new StubConnection(this);
		this.connections.add(connection);
		return connection.proxy();
	}

	private void awaitAcceptance() throws SQLException {
		this.waitingConnects.incrementAndGet();
		try {
			if (!this.silentConnects.await(1, TimeUnit.MINUTES)) {
				throw new SQLException("connect timed out", "08001");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SQLException("interrupted", "08001", ex);
		}
		finally {
			this.waitingConnects.decrementAndGet();
		}
	}

	void execute(StubConnection connection, String sql) throws SQLException {
		if (connection.silent() || this.silent.contains(sql)) {
			connection.awaitEnd();
		}
		if (connection.ended()) {
			throw new SQLException("An I/O error occurred while sending to the backend.", "08006");
		}
		SQLException error = this.errors.get(sql);
		if (error != null) {
			throw copy(error);
		}
		this.executed.merge(sql, 1, Integer::sum);
	}

	void ended(StubConnection connection, boolean aborted) {
		if (this.connections.remove(connection) && aborted) {
			this.aborts.incrementAndGet();
		}
	}

	private static SQLException copy(SQLException error) {
		return new SQLException(error.getMessage(), error.getSQLState());
	}

	@Override
	public void close() {
		accept();
		StubDriver.remove(this);
		this.connections.forEach(StubConnection::end);
	}

}
