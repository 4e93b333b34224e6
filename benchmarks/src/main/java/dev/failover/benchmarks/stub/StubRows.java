package dev.failover.benchmarks.stub;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The rows of an answer: one or none.
 *
 * @param columns values of the row; empty where there is no row
 */
record StubRows(List<@Nullable Object> columns) {

	static final StubRows NONE = new StubRows(List.of());

	static StubRows of(@Nullable Object... columns) {
		return new StubRows(Collections.unmodifiableList(Arrays.asList(columns)));
	}

	int size() {
		return this.columns.isEmpty() ? 0 : 1;
	}

}
