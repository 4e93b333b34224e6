package dev.failover.benchmarks.stub;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.concurrent.Executor;

/**
 * A connection to a {@link StubNode}. For one thread at a time, as JDBC has it; closing
 * and aborting are for any.
 */
abstract class StubConnection implements Connection {

	private static final MethodHandle NEW = StubClass.constructor(MethodHandles.lookup(), StubConnection.class);

	private final StubNode node;

	private boolean autoCommit = true;

	private boolean readOnly;

	private int isolation = TRANSACTION_READ_COMMITTED;

	private int networkTimeout;

	private volatile boolean closed;

	StubConnection(StubNode node) {
		this.node = node;
	}

	static StubConnection to(StubNode node) {
		try {
			return (StubConnection) NEW.invokeExact(node);
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	StubNode node() {
		return this.node;
	}

	@Override
	public PreparedStatement prepareStatement(String sql) {
		return StubStatement.of(this, this.node.answer(sql));
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
		return StubStatement.of(this, StubRows.NONE);
	}

	@Override
	public Statement createStatement(int type, int concurrency) {
		return createStatement();
	}

	@Override
	public DatabaseMetaData getMetaData() {
		return StubMetaData.of(this);
	}

	@Override
	public boolean isValid(int timeout) {
		return !this.closed;
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
	public int getTransactionIsolation() {
		return this.isolation;
	}

	@Override
	public void setTransactionIsolation(int isolation) {
		this.isolation = isolation;
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
		return "benchmark";
	}

	@Override
	public String getSchema() {
		return "public";
	}

	@Override
	public void abort(Executor executor) {
		this.closed = true;
	}

	@Override
	public void close() {
		this.closed = true;
	}

	@Override
	public boolean isClosed() {
		return this.closed;
	}

}
