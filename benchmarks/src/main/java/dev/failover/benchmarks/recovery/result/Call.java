package dev.failover.benchmarks.recovery.result;

/**
 * One call of a client. Instants are nanoseconds since the fault, negative before it.
 *
 * @param client number of the client thread
 * @param kind kind of the client: it reads or it writes
 * @param id id of the written row
 * @param started start of the call
 * @param ended end of the call
 * @param succeeded true if it succeeded
 * @param server port of the server that answered, 0 if none did
 * @param error the error, empty if it succeeded
 */
public record Call(int client, Kind kind, long id, long started, long ended, boolean succeeded, int server,
		String error) {

	/**
	 * Returns a copy with instants relative to the given one.
	 */
	public Call since(long zero) {
		return new Call(this.client, this.kind, this.id, this.started - zero, this.ended - zero, this.succeeded,
				this.server, this.error);
	}

	long nanos() {
		return this.ended - this.started;
	}

}
