package dev.failover.test.stub;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A statement, plain or prepared. Its server answers when it is executed. For one thread
 * at a time.
 */
abstract class StubStatement implements PreparedStatement {

	private static final MethodHandle NEW = StubClass.constructor(MethodHandles.lookup(), StubStatement.class);

	private final StubConnection connection;

	private final String prepared;

	/**
	 * Rows of the last execution, or {@link StubRows#CLOSED}: a flag would add 8 bytes.
	 */
	private StubRows rows = StubRows.NONE;

	StubStatement(StubConnection connection, String prepared) {
		this.connection = connection;
		this.prepared = prepared;
	}

	static StubStatement of(StubConnection connection, String prepared) {
		try {
			return (StubStatement) NEW.invokeExact(connection, prepared);
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public ResultSet executeQuery() throws SQLException {
		return executeQuery(this.prepared);
	}

	@Override
	public ResultSet executeQuery(String sql) throws SQLException {
		execute(sql);
		return getResultSet();
	}

	@Override
	public boolean execute() throws SQLException {
		return execute(this.prepared);
	}

	@Override
	public boolean execute(String sql) throws SQLException {
		this.rows = this.connection.execute(sql);
		return true;
	}

	@Override
	public ResultSet getResultSet() {
		return StubResultSet.of(this, this.rows);
	}

	@Override
	public int getUpdateCount() {
		return -1;
	}

	@Override
	public Connection getConnection() {
		return this.connection;
	}

	@Override
	public void close() {
		this.rows = StubRows.CLOSED;
	}

	@Override
	public boolean isClosed() {
		return this.rows == StubRows.CLOSED || this.connection.isClosed();
	}

}
