package dev.failover.it.history;

/**
 * One call of a client.
 *
 * @param client the thread that called
 * @param kind what it asked for
 * @param id of a write: its own unique id; of a read: the client whose writes it looked
 * at
 * @param number of a write: number among the writes of its client, growing; of a read:
 * the highest such number that it saw
 * @param started when the call began, on {@link System#nanoTime()}
 * @param ended when it ended
 * @param outcome what the client was told
 * @param epochBefore epoch of the route when the call began
 * @param epochAfter epoch of the route when it ended
 * @param server the server that answered, 0 if none did
 * @param error what it failed with, empty if it did not fail
 */
public record Operation(int client, Kind kind, long id, long number, long started, long ended, Outcome outcome,
		long epochBefore, long epochAfter, int server, String error) {

	/**
	 * Whether it is a write that the client was told is done.
	 */
	public boolean acknowledged() {
		return this.kind == Kind.WRITE && this.outcome == Outcome.OK;
	}

	/**
	 * How long the caller waited.
	 */
	public long nanos() {
		return this.ended - this.started;
	}

}
