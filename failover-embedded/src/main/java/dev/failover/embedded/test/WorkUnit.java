package dev.failover.embedded.test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.failover.embedded.test.RehearsedApplication.InUse;
import org.jspecify.annotations.Nullable;

/**
 * Work of one invocation of a test method, with the states before and after it. For use
 * by the thread of the test.
 */
final class WorkUnit {

	private final RehearsedApplication application;

	private final Supplier<DatabaseState> tables;

	private final Course course;

	private final Map<String, Supplier<?>> observed = new LinkedHashMap<>();

	private final InUse inUse;

	private DatabaseState before;

	private @Nullable Result result;

	/**
	 * Begins the work.
	 * @param tables reads the tables that are compared
	 * @param loss the loss, or null if nothing is lost
	 */
	WorkUnit(RehearsedApplication application, Supplier<DatabaseState> tables, @Nullable Loss loss) {
		this.application = application;
		this.tables = tables;
		this.course = new Course(loss);
		this.before = tables.get();
		this.inUse = application.inUse();
		application.nodes().begin(this.course, application);
	}

	/**
	 * Observes something beside the tables from now on.
	 */
	void observe(String name, Supplier<?> state) {
		this.observed.put(name, state);
		this.before = this.before.with(name, String.valueOf(state.get()));
	}

	/**
	 * Returns whether the work has ended before the test method.
	 */
	boolean hasEnded() {
		return this.result != null;
	}

	/**
	 * Ends the work, unless it has ended.
	 */
	Result end() {
		Result known = this.result;
		if (known == null) {
			String left = this.application.awaitEnd(this.inUse);
			this.application.nodes().end();
			known = new Result(this.before, after(), this.course.losses(), left);
			this.result = known;
		}
		return known;
	}

	private DatabaseState after() {
		DatabaseState after = this.tables.get();
		for (Map.Entry<String, Supplier<?>> entry : this.observed.entrySet()) {
			after = after.with(entry.getKey(), String.valueOf(entry.getValue().get()));
		}
		return after;
	}

	/**
	 * Result of the work.
	 *
	 * @param before state before it
	 * @param after state after it
	 * @param losses losses that are possible in it
	 * @param left connections and threads that it left behind, or null
	 */
	record Result(DatabaseState before, DatabaseState after, List<Loss> losses, @Nullable String left) {

		Result {
			losses = List.copyOf(losses);
		}

		/**
		 * Returns whether the work has reached the point of a loss.
		 */
		boolean hasReached(Loss loss) {
			LossPoint point = loss.point();
			return this.losses.stream().anyMatch((reached) -> reached.point().isAt(point.kind(), point.number()));
		}

	}

}
