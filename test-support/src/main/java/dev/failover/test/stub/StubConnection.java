package dev.failover.test.stub;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A connection to a stub server. For one thread at a time, as JDBC specifies; any thread
 * may close or abort it.
 */
abstract class StubConnection implements Connection {

	private static final MethodHandle NEW = StubClass.constructor(MethodHandles.lookup(), StubConnection.class);

	private static final long READ_TIMEOUT = TimeUnit.MINUTES.toNanos(1);

	private final StubBackend server;

	private boolean autoCommit = true;

	private boolean readOnly;

	private int isolation;

	private int networkTimeout;

	private volatile boolean silent;

	private volatile boolean closed;

	StubConnection(StubBackend server, int isolation, int networkTimeout) {
		this.server = server;
		this.isolation = isolation;
		this.networkTimeout = networkTimeout;
	}

	static StubConnection to(StubBackend server, int isolation, int networkTimeout) {
		try {
			return (StubConnection) NEW.invokeExact(server, isolation, networkTimeout);
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	StubBackend server() {
		return this.server;
	}

	StubRows execute(String sql) throws SQLException {
		return this.server.execute(this, sql);
	}

	boolean isSilent() {
		return this.silent;
	}

	/**
	 * Leaves statements without an answer from now on.
	 */
	void silence() {
		this.silent = true;
	}

	/**
	 * Waits until the connection is closed or aborted.
	 */
	synchronized void awaitEnd() throws SQLException {
		long deadline = System.nanoTime() + READ_TIMEOUT;
		try {
			while (!this.closed) {
				long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
				if (left <= 0) {
					throw new SQLException("read timed out", "08006");
				}
				wait(left);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SQLException("interrupted", "08006", ex);
		}
	}

	/**
	 * Ends the connection and wakes threads that wait for an answer on it.
	 */
	synchronized void end() {
		this.closed = true;
		notifyAll();
	}

	@Override
	public PreparedStatement prepareStatement(String sql) {
		return StubStatement.of(this, sql);
	}

	@Override
	public PreparedStatement prepareStatement(String sql, int type, int concurrency) {
		return prepareStatement(sql);
	}

	@Override
	public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability) {
		return prepareStatement(sql);
	}

	@Override
	public Statement createStatement() {
		return StubStatement.of(this, "");
	}

	@Override
	public Statement createStatement(int type, int concurrency) {
		return createStatement();
	}

	@Override
	public void commit() throws SQLException {
		execute("commit");
	}

	@Override
	public void rollback() throws SQLException {
		execute("rollback");
	}

	@Override
	public DatabaseMetaData getMetaData() throws SQLException {
		return this.server.metaData(this);
	}

	@Override
	public boolean isValid(int timeout) {
		try {
			execute("ping");
			return !this.closed;
		}
		catch (SQLException ex) {
			return false;
		}
	}

	@Override
	public boolean getAutoCommit() {
		return this.autoCommit;
	}

	@Override
	public void setAutoCommit(boolean autoCommit) {
		this.autoCommit = autoCommit;
	}

	@Override
	public boolean isReadOnly() {
		return this.readOnly;
	}

	@Override
	public void setReadOnly(boolean readOnly) {
		this.readOnly = readOnly;
	}

	@Override
	public int getTransactionIsolation() throws SQLException {
		requireOpen();
		return this.isolation;
	}

	@Override
	public void setTransactionIsolation(int isolation) throws SQLException {
		requireOpen();
		if (isolation < TRANSACTION_NONE) {
			throw new SQLException("Isolation " + isolation + " is not supported", "0A000");
		}
		this.isolation = isolation;
	}

	private void requireOpen() throws SQLException {
		if (this.closed) {
			throw new SQLException("closed", "08006");
		}
	}

	@Override
	public int getNetworkTimeout() {
		return this.networkTimeout;
	}

	@Override
	public void setNetworkTimeout(Executor executor, int milliseconds) {
		this.networkTimeout = milliseconds;
	}

	@Override
	public String getCatalog() {
		return "stub";
	}

	@Override
	public String getSchema() {
		return "public";
	}

	@Override
	public void abort(Executor executor) {
		end();
		this.server.ended(this, true);
	}

	@Override
	public void close() {
		end();
		this.server.ended(this, false);
	}

	@Override
	public boolean isWrapperFor(Class<?> type) throws SQLException {
		this.server.askedForWrapper();
		return type.isInstance(this);
	}

	@Override
	public boolean isClosed() {
		return this.closed;
	}

	@Override
	public String toString() {
		return "connection to " + this.server.url();
	}

}
