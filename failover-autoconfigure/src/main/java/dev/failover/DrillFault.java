package dev.failover;

import java.util.Locale;

/**
 * Fault that a drill rehearses.
 */
public enum DrillFault {

	/** The server is gone: it refuses connections. */
	REFUSE,

	/** The server accepts connections and stays silent. */
	FREEZE,

	/** The server has been demoted: it is read-only. */
	READ_ONLY;

	/**
	 * Returns the name in the endpoint and in the log, such as {@code read-only}.
	 */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
