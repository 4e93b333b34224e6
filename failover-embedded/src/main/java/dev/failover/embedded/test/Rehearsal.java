package dev.failover.embedded.test;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * One invocation of a {@link FailoverTest} method, as a parameter of it. For use by the
 * thread of the test.
 */
public final class Rehearsal {

	private @Nullable WorkUnit work;

	Rehearsal() {
	}

	void begin(WorkUnit work) {
		this.work = work;
	}

	/**
	 * Compares something that is not in the database as the tables are compared, such as
	 * messages that were sent. Call it before the work begins.
	 * @param name describes the state in the message of a failure
	 * @param state provides the state, which is compared by its text
	 */
	public void observe(String name, Supplier<?> state) {
		work().observe(name, state);
	}

	/**
	 * Ends the work: it was done, and is examined now. The rest of the method is not
	 * disturbed, so that it can look at what was stored.
	 */
	public void workIsDone() {
		work().end();
	}

	private WorkUnit work() {
		WorkUnit current = this.work;
		if (current == null) {
			throw new IllegalStateException("The test method has not begun");
		}
		return current;
	}

}
