package dev.failover.test.stub;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;

import org.jspecify.annotations.Nullable;

/**
 * Reads {@link StubRows}. For one thread at a time.
 */
abstract class StubResultSet implements ResultSet {

	private static final MethodHandle NEW = StubClass.constructor(MethodHandles.lookup(), StubResultSet.class);

	private final StubStatement statement;

	private final StubRows rows;

	private int row;

	private boolean wasNull;

	private boolean closed;

	StubResultSet(StubStatement statement, StubRows rows) {
		this.statement = statement;
		this.rows = rows;
	}

	static StubResultSet of(StubStatement statement, StubRows rows) {
		try {
			return (StubResultSet) NEW.invokeExact(statement, rows);
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public boolean next() {
		this.row++;
		return this.row <= this.rows.size();
	}

	private @Nullable Object value(int column) throws SQLException {
		if (this.row != 1 || column > this.rows.width()) {
			throw new SQLException("No such row or column in the stub's answer", "24000");
		}
		Object value = this.rows.value(column);
		this.wasNull = value == null;
		return value;
	}

	@Override
	public int getInt(int column) throws SQLException {
		return (value(column) instanceof Number number) ? number.intValue() : 0;
	}

	@Override
	public long getLong(int column) throws SQLException {
		return (value(column) instanceof Number number) ? number.longValue() : 0;
	}

	@Override
	public boolean getBoolean(int column) throws SQLException {
		return Boolean.TRUE.equals(value(column));
	}

	@Override
	public @Nullable String getString(int column) throws SQLException {
		Object value = value(column);
		return (value != null) ? value.toString() : null;
	}

	@Override
	public @Nullable Object getObject(int column) throws SQLException {
		return value(column);
	}

	@Override
	public boolean wasNull() {
		return this.wasNull;
	}

	@Override
	public ResultSetMetaData getMetaData() {
		return this.rows.metaData();
	}

	@Override
	public Statement getStatement() {
		return this.statement;
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
