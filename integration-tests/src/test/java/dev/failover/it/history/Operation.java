package dev.failover.it.history;

/**
 * A recorded call of a client.
 *
 * @param client number of the client
 * @param type type of the call
 * @param id of a write: its unique id; of a read: the client whose writes were read
 * @param number of a write: its ascending number among the writes of its client; of a
 * read: the highest such number that was found
 * @param started start of the call, as a value of {@link System#nanoTime()}
 * @param ended end of the call, as a value of {@link System#nanoTime()}
 * @param outcome outcome as reported to the client
 * @param epochBefore epoch of the route at the start of the call
 * @param epochAfter epoch of the route at the end of the call
 * @param server port of the server that answered, 0 if none did
 * @param error name of the error, empty if the call succeeded
 */
public record Operation(int client, Type type, long id, long number, long started, long ended, Outcome outcome,
		long epochBefore, long epochAfter, int server, String error) {

	/**
	 * Returns whether it is a write that was reported to the client as done.
	 */
	public boolean isAcknowledged() {
		return this.type == Type.WRITE && this.outcome == Outcome.OK;
	}

	/**
	 * Returns the time that the call took, in nanoseconds.
	 */
	public long nanos() {
		return this.ended - this.started;
	}

	/**
	 * Types of calls.
	 */
	public enum Type {

		READ, WRITE

	}

	/**
	 * Outcomes as reported to the client.
	 */
	public enum Outcome {

		/** The call was executed. */
		OK,

		/** The call had no effect, and will have none. */
		FAILED,

		/** It is not known whether the call had an effect. */
		UNKNOWN

	}

}
