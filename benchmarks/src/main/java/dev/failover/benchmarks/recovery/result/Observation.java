package dev.failover.benchmarks.recovery.result;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * All that the clients did around one fault.
 *
 * @param window when the window ended, in nanoseconds since the fault
 * @param promoted when the mirror became writable, null if it did not
 * @param mirror port of the mirror's server
 * @param primaryReads whether the primary serves reads after the fault as well
 * @param calls all calls that ended in the window
 * @param pending all calls that had not
 */
public record Observation(long window, @Nullable Long promoted, int mirror, boolean primaryReads, List<Call> calls,
		List<Pending> pending) {

	public Observation {
		calls = List.copyOf(calls);
		pending = List.copyOf(pending);
	}

	Observation only(Kind kind) {
		return new Observation(this.window, this.promoted, this.mirror, this.primaryReads,
				this.calls.stream().filter((call) -> call.kind() == kind).toList(),
				this.pending.stream().filter((call) -> call.kind() == kind).toList());
	}

	/**
	 * Whether a success proves that its client is beyond the fault.
	 */
	boolean isBeyond(Call call) {
		return call.server() == this.mirror || (this.primaryReads && call.kind() == Kind.READS);
	}

	/**
	 * Calls that ended after the fault.
	 */
	List<Call> after() {
		return this.calls.stream().filter((call) -> call.ended() >= 0).toList();
	}

}
