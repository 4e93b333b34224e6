package dev.failover.test.stub;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Database server whose behavior a test controls: it answers, refuses or stays silent.
 * Each has its own URL, which {@link StubDriver} accepts; there is no network.
 * Thread-safe.
 */
public final class StubServer extends StubBackend implements AutoCloseable {

	/** Socket time-out of a fresh connection, in milliseconds. */
	public static final int NETWORK_TIMEOUT = 5_000;

	/** Pseudo statement of a connection that is asked whether it is a wrapper. */
	public static final String WRAPPER = "is wrapper for";

	private static final AtomicInteger NUMBERS = new AtomicInteger();

	private final String url = StubDriver.url(NUMBERS.incrementAndGet());

	private final Set<StubConnection> connections = ConcurrentHashMap.newKeySet();

	private final Map<String, Supplier<? extends Throwable>> errors = new ConcurrentHashMap<>();

	private final Map<String, Integer> executed = new ConcurrentHashMap<>();

	private final Set<String> silent = ConcurrentHashMap.newKeySet();

	private final AtomicInteger connects = new AtomicInteger();

	private final AtomicInteger aborts = new AtomicInteger();

	private final AtomicInteger waitingConnects = new AtomicInteger();

	private volatile Consumer<String> interference = (call) -> {
	};

	private volatile @Nullable SQLException refusal;

	private volatile @Nullable String password;

	private volatile CountDownLatch silentConnects = new CountDownLatch(0);

	public StubServer() {
		StubDriver.add(this);
	}

	@Override
	public String url() {
		return this.url;
	}

	@Override
	boolean accepts(String candidate) {
		return candidate.equals(this.url);
	}

	/**
	 * Accepts connections again.
	 */
	public void accept() {
		this.refusal = null;
		this.silentConnects.countDown();
	}

	/**
	 * Refuses connections from now on, with that SQLState.
	 */
	public void refuse(String sqlState) {
		this.refusal = new SQLException("refused by " + this.url, sqlState);
	}

	/**
	 * Ends all connections, and refuses new ones from now on.
	 */
	public void kill() {
		refuse("08001");
		this.connections.forEach(StubConnection::end);
	}

	/**
	 * Ends all connections, and accepts new ones from now on.
	 */
	public void restart() {
		kill();
		accept();
	}

	/**
	 * Answers nothing from now on, neither on open connections nor to new ones.
	 */
	public void freeze() {
		ignoreConnects();
		ignoreOnOpenConnections();
	}

	/**
	 * Refuses logins through the driver with any other password from now on.
	 */
	public void requirePassword(String password) {
		this.password = password;
	}

	/**
	 * Neither accepts nor refuses connections until {@link #accept()}.
	 */
	public void ignoreConnects() {
		if (this.silentConnects.getCount() == 0) {
			this.silentConnects = new CountDownLatch(1);
		}
	}

	/**
	 * Answers a statement with an error.
	 */
	public void fail(String sql, String sqlState) {
		raise(sql, () -> new SQLException("'" + sql + "' failed", sqlState));
	}

	/**
	 * Makes the driver throw something when it executes a statement.
	 */
	public void raise(String sql, Supplier<? extends Throwable> failure) {
		this.errors.put(sql, failure);
	}

	/**
	 * Sets an action that the driver runs with a statement before it executes it, and
	 * with {@code connect} and {@code close} when it connects, and after it has closed or
	 * aborted a connection. What it throws, the driver throws.
	 */
	public void interfere(Consumer<String> interference) {
		this.interference = interference;
	}

	/**
	 * Leaves a statement without an answer until its connection is aborted.
	 */
	public void ignore(String sql) {
		this.silent.add(sql);
	}

	/**
	 * Answers a statement again.
	 */
	public void answer(String sql) {
		this.errors.remove(sql);
		this.silent.remove(sql);
	}

	/**
	 * Leaves all statements on the connections that are open now without an answer; new
	 * connections work.
	 */
	public void ignoreOnOpenConnections() {
		this.connections.forEach(StubConnection::silence);
	}

	/**
	 * Returns the number of attempts to connect.
	 */
	public int connects() {
		return this.connects.get();
	}

	/**
	 * Returns the number of attempts to connect that wait for an answer.
	 */
	public int waitingConnects() {
		return this.waitingConnects.get();
	}

	/**
	 * Returns the number of connections that are neither closed nor aborted.
	 */
	public int open() {
		return this.connections.size();
	}

	/**
	 * Returns the number of successful executions of a statement.
	 */
	public int executed(String sql) {
		return this.executed.getOrDefault(sql, 0);
	}

	/**
	 * Returns the number of aborted connections.
	 */
	public int aborts() {
		return this.aborts.get();
	}

	@Override
	public Connection connect() throws SQLException {
		this.connects.incrementAndGet();
		this.interference.accept("connect");
		awaitAcceptance();
		SQLException error = this.refusal;
		if (error != null) {
			throw copy(error);
		}
		StubConnection connection = StubConnection.to(this, Connection.TRANSACTION_REPEATABLE_READ, NETWORK_TIMEOUT);
		this.connections.add(connection);
		return connection;
	}

	@Override
	Connection connect(Properties info) throws SQLException {
		String required = this.password;
		if (required != null && !required.equals(info.getProperty("password"))) {
			this.connects.incrementAndGet();
			throw new SQLException("password authentication failed", "28P01");
		}
		return connect();
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

	@Override
	StubRows execute(StubConnection connection, String sql) throws SQLException {
		if (connection.isSilent() || this.silent.contains(sql)) {
			connection.awaitEnd();
		}
		if (connection.isClosed()) {
			throw new SQLException("An I/O error occurred while sending to the backend.", "08006");
		}
		this.interference.accept(sql);
		failAsSet(sql);
		this.executed.merge(sql, 1, Integer::sum);
		return StubRows.NONE;
	}

	private void failAsSet(String sql) throws SQLException {
		Supplier<? extends Throwable> error = this.errors.get(sql);
		if (error != null) {
			StubServer.<SQLException>raise(error.get());
		}
	}

	@Override
	void askedForWrapper() throws SQLException {
		failAsSet(WRAPPER);
	}

	@Override
	void ended(StubConnection connection, boolean aborted) {
		if (this.connections.remove(connection) && aborted) {
			this.aborts.incrementAndGet();
		}
		this.interference.accept("close");
	}

	@Override
	DatabaseMetaData metaData(StubConnection connection) throws SQLException {
		throw new SQLException("A scripted stub server has no metadata", "0A000");
	}

	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	private static <T extends Throwable> void raise(Throwable error) throws T {
		throw (T) error;
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
