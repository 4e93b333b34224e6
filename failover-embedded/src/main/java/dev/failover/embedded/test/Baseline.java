package dev.failover.embedded.test;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import dev.failover.embedded.test.WorkUnit.Result;

/**
 * States before and after the undisturbed work, without what differs from run to run.
 */
final class Baseline {

	private final Map<String, Set<String>> varying = new TreeMap<>();

	private final DatabaseState before;

	private final DatabaseState after;

	/**
	 * Creates the baseline of two undisturbed runs.
	 * @throws IllegalStateException if they cannot be compared
	 */
	Baseline(Result first, Result second) {
		for (String table : second.before().names(second.after())) {
			checkReset(table, first, second);
			if (first.after().rows(table).size() != second.after().rows(table).size()) {
				throw new IllegalStateException("The two undisturbed runs differ: after them, " + table + " has "
						+ first.after().rows(table).size() + " and " + second.after().rows(table).size() + " rows");
			}
			findVarying(table, first, second);
		}
		this.before = second.before().without(this.varying);
		this.after = second.after().without(this.varying);
	}

	private static void checkReset(String table, Result first, Result second) {
		if (first.before().rows(table).size() != second.before().rows(table).size()) {
			throw notReset(table);
		}
		for (String column : columns(second.before(), table)) {
			if (!first.before().values(table, column).equals(second.before().values(table, column))
					&& first.after().values(table, column).equals(second.before().values(table, column))) {
				throw notReset(table);
			}
		}
	}

	private static IllegalStateException notReset(String table) {
		return new IllegalStateException("Each invocation of a @FailoverTest must begin with the same data, but "
				+ table + " was not reset: restore it in a @BeforeEach method or with @Sql");
	}

	private void findVarying(String table, Result first, Result second) {
		Set<String> columns = new HashSet<>();
		columns(second.before(), table).stream()
			.filter((column) -> !first.before().values(table, column).equals(second.before().values(table, column)))
			.forEach(columns::add);
		columns(second.after(), table).stream()
			.filter((column) -> !first.after().values(table, column).equals(second.after().values(table, column)))
			.forEach(columns::add);
		this.varying.put(table, columns);
	}

	private static Set<String> columns(DatabaseState state, String table) {
		return state.rows(table).isEmpty() ? Set.of() : state.rows(table).get(0).keySet();
	}

	/**
	 * Throws an exception if a run did not begin as the undisturbed ones did.
	 */
	void checkBegin(Result result) {
		StateDifference.between(result.before().without(this.varying), this.before).ifPresent((difference) -> {
			throw notReset(difference.table());
		});
	}

	/**
	 * Returns the difference to the state before the undisturbed work.
	 */
	Optional<StateDifference> fromBefore(Result result) {
		return StateDifference.between(result.after().without(this.varying), this.before);
	}

	/**
	 * Returns the difference to the state after the undisturbed work.
	 */
	Optional<StateDifference> fromAfter(Result result) {
		return StateDifference.between(result.after().without(this.varying), this.after);
	}

}
