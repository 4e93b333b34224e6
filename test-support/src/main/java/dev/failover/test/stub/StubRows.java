package dev.failover.test.stub;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.sql.ResultSetMetaData;
import java.sql.Types;

import org.jspecify.annotations.Nullable;

/**
 * The rows of an answer: one or none. A plain array, because its cost does not depend on
 * how the rest of an application uses the class. Immutable.
 */
public final class StubRows {

	/** No row. */
	public static final StubRows NONE = new StubRows(new Object[0]);

	/** The state of a closed statement. */
	static final StubRows CLOSED = new StubRows(new Object[0]);

	private final @Nullable Object[] columns;

	private final MetaData metaData;

	private StubRows(@Nullable Object[] columns) {
		this.columns = columns;
		this.metaData = MetaData.of(columns.length);
	}

	/**
	 * Returns one row with these values.
	 */
	public static StubRows of(@Nullable Object... columns) {
		return new StubRows(columns.clone());
	}

	int size() {
		return (this.columns.length != 0) ? 1 : 0;
	}

	/**
	 * Returns the number of columns.
	 */
	int width() {
		return this.columns.length;
	}

	MetaData metaData() {
		return this.metaData;
	}

	/**
	 * Returns the value in a column.
	 * @param column counted from 1, as JDBC does
	 */
	@Nullable Object value(int column) {
		return this.columns[column - 1];
	}

	/**
	 * Metadata with the number of columns, which are named by their positions. Immutable.
	 */
	abstract static class MetaData implements ResultSetMetaData {

		private static final MethodHandle NEW = StubClass.constructor(MethodHandles.lookup(), MetaData.class);

		private final int columns;

		MetaData(int columns) {
			this.columns = columns;
		}

		static MetaData of(int columns) {
			try {
				return (MetaData) NEW.invokeExact(columns);
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

}
