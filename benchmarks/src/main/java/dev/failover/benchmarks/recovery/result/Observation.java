package dev.failover.benchmarks.recovery.result;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * All calls of the clients around one fault. Instants are nanoseconds since the fault.
 *
 * @param window end of the window
 * @param promoted instant at which the mirror became writable, null if it did not
 * @param mirror port of the mirror's server
 * @param primaryReads true if the primary serves reads after the fault
 * @param calls calls that ended in the window
 * @param pending calls that did not
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
	 * Returns true if the server of a successful call works in spite of the fault.
	 */
	boolean isOnWorkingServer(Call call) {
		return call.server() == this.mirror || (this.primaryReads && call.kind() == Kind.READS);
	}

	/**
	 * Returns the calls that ended after the fault.
	 */
	List<Call> after() {
		return this.calls.stream().filter((call) -> call.ended() >= 0).toList();
	}

	/**
	 * Returns the duration of a call up to the end of the window.
	 */
	long duration(Pending call) {
		return this.window - call.started();
	}

	/**
	 * A call that had not ended at the end of the window.
	 *
	 * @param client number of the client thread
	 * @param kind kind of the client
	 * @param started start of the call
	 */
	public record Pending(int client, Kind kind, long started) {

	}

}
