package dev.failover;

/**
 * Position in the leader's log after a write: a follower that has applied the log up to
 * it holds that write. Its text form can travel with a session.
 *
 * @param value position, in the unit of the dialect
 */
public record LogPosition(long value) {

	/**
	 * Returns the position that a text form stands for.
	 * @throws IllegalArgumentException if the text is no position
	 */
	public static LogPosition parse(String text) {
		try {
			return new LogPosition(Long.parseLong(text));
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("'" + text + "' is not a log position; pass the text form of one", ex);
		}
	}

	@Override
	public String toString() {
		return Long.toString(this.value);
	}

}
