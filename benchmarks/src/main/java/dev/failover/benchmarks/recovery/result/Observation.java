package dev.failover.benchmarks.recovery.result;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * All that the clients did around one fault.
 *
 * @param window when the window ended, in nanoseconds since the fault
 * @param promoted when the mirror became writable, null if it did not
 * @param mirror port of the mirror's server
 * @param calls all calls that ended in the window
 * @param pending all calls that had not
 */
public record Observation(long window, @Nullable Long promoted, int mirror, List<Call> calls, List<Pending> pending) {

	public Observation {
		calls = List.copyOf(calls);
		pending = List.copyOf(pending);
	}

	Observation only(Kind kind) {
		return new Observation(this.window, this.promoted, this.mirror,
				this.calls.stream().filter((call) -> call.kind() == kind).toList(),
				this.pending.stream().filter((call) -> call.kind() == kind).toList());
	}

	/**
	 * Calls that ended after the fault.
	 */
	List<Call> after() {
		return this.calls.stream().filter((call) -> call.ended() >= 0).toList();
	}

}
