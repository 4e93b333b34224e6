package dev.failover.benchmarks.stub;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.sql.ResultSetMetaData;
import java.sql.Types;

/**
 * Says how many columns an answer has; they are named by their numbers. Immutable.
 */
abstract class StubRowMetaData implements ResultSetMetaData {

	private static final MethodHandle NEW = StubClass.constructor(MethodHandles.lookup(), StubRowMetaData.class);

	private final int columns;

	StubRowMetaData(int columns) {
		this.columns = columns;
	}

	static StubRowMetaData of(int columns) {
		try {
			return (StubRowMetaData) NEW.invokeExact(columns);
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public int getColumnCount() {
		return this.columns;
	}

	@Override
	public String getColumnLabel(int column) {
		return "column" + column;
	}

	@Override
	public String getColumnName(int column) {
		return getColumnLabel(column);
	}

	@Override
	public int getColumnType(int column) {
		return Types.INTEGER;
	}

}
