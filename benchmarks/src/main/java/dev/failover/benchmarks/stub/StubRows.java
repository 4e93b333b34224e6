package dev.failover.benchmarks.stub;

import org.jspecify.annotations.Nullable;

/**
 * The rows of an answer: one or none. A plain array, whose cost does not depend on how
 * the rest of the application uses its class.
 */
final class StubRows {

	static final StubRows NONE = new StubRows(new Object[0]);

	private final @Nullable Object[] columns;

	private final StubRowMetaData metaData;

	private StubRows(@Nullable Object[] columns) {
		this.columns = columns;
		this.metaData = StubRowMetaData.of(columns.length);
	}

	static StubRows of(@Nullable Object... columns) {
		return new StubRows(columns.clone());
	}

	int size() {
		return (this.columns.length != 0) ? 1 : 0;
	}

	/**
	 * How many columns a row has.
	 */
	int width() {
		return this.columns.length;
	}

	StubRowMetaData metaData() {
		return this.metaData;
	}

	/**
	 * The value in a column.
	 * @param column counted from 1, as JDBC does
	 */
	@Nullable Object value(int column) {
		return this.columns[column - 1];
	}

}
