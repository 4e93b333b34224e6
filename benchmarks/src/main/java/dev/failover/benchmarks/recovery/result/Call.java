package dev.failover.benchmarks.recovery.result;

/**
 * One call of a client. Instants are nanoseconds since the fault, negative before it.
 *
 * @param client the client thread
 * @param kind what it did
 * @param id of a write: its own id
 * @param started when the call began
 * @param ended when it ended
 * @param succeeded whether it did
 * @param server port of the server that answered, 0 if none did
 * @param error what it failed with, empty if it did not
 */
public record Call(int client, Kind kind, long id, long started, long ended, boolean succeeded, int server,
		String error) {

	long nanos() {
		return this.ended - this.started;
	}

}
