package dev.failover.benchmarks.stub;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;

/**
 * A statement whose answer is known before it is executed. For one thread at a time, as
 * JDBC has it.
 */
abstract class StubStatement extends StubResource implements PreparedStatement {

	private static final MethodHandle NEW = StubClass.constructor(MethodHandles.lookup(), StubStatement.class);

	private final StubConnection connection;

	private StubRows rows;

	StubStatement(StubConnection connection, StubRows rows) {
		this.connection = connection;
		this.rows = rows;
	}

	static StubStatement of(StubConnection connection, StubRows rows) {
		try {
			return (StubStatement) NEW.invokeExact(connection, rows);
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public ResultSet executeQuery() {
		return getResultSet();
	}

	@Override
	public ResultSet executeQuery(String sql) {
		execute(sql);
		return getResultSet();
	}

	@Override
	public boolean execute() {
		return true;
	}

	@Override
	public boolean execute(String sql) {
		this.rows = this.connection.node().answer(sql);
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

}
