package dev.failover;

/**
 * How far the leader's log reached when something had been written: a follower that has
 * applied as much has it, too. Its text form can travel with a session.
 *
 * @param value position in bytes of log
 */
public record LogPosition(long value) {

	/**
	 * The position from its text form.
	 * @throws IllegalArgumentException if the text is none
	 */
	public static LogPosition parse(String text) {
		try {
			return new LogPosition(Long.parseLong(text));
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("'" + text + "' is no write position; use one that was handed out", ex);
		}
	}

	@Override
	public String toString() {
		return Long.toString(this.value);
	}

}
