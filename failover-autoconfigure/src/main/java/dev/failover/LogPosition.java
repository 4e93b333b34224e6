package dev.failover;

/**
 * Position in the leader's log after a write: a follower that has applied the log up to
 * it holds that write. Opaque: only the dialect knows its content. Its text can travel
 * with a session.
 *
 * @param text text form
 */
public record LogPosition(String text) {

	public LogPosition {
		if (text.isBlank()) {
			throw new IllegalArgumentException("A log position must not be blank");
		}
	}

	@Override
	public String toString() {
		return this.text;
	}

}
