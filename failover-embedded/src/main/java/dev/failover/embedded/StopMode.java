package dev.failover.embedded;

/**
 * How a server is asked to stop.
 */
public enum StopMode {

	/**
	 * Refuses new connections and ends when the last client has gone. The request returns
	 * at once.
	 */
	SMART,

	/**
	 * Disconnects all clients, rolls their transactions back and shuts down cleanly.
	 */
	FAST,

	/**
	 * Quits without a shutdown checkpoint: the next start recovers as after a crash.
	 */
	IMMEDIATE

}
