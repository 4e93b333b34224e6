package dev.failover;

/**
 * Fault that a drill rehearses.
 */
public enum DrillFault {

	/** The server is gone: it refuses connections. */
	REFUSE,

	/** The server accepts connections and stays silent. */
	FREEZE,

	/** The server has been demoted: it is read-only. */
	READ_ONLY

}
