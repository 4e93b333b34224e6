package dev.failover.dialect;

import java.time.Duration;
import java.util.List;

import dev.failover.dialect.Reading.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * State of replication as a node reports it. Each part may be missing.
 *
 * @param receiving whether the node is receiving the log of another node, or null if it
 * is not known
 * @param source {@link Reading#instance() instance} of the server that it follows, or
 * null if the database does not tell it
 * @param name name under which its source lists it among its followers, or null
 * @param ownLag lag that the node measures itself, or null; used where histories have no
 * positions to compare
 * @param followers followers that the node lists, or null if the list could not be read
 * @param refusals parts that the server refused to tell
 */
public record ReplicationReading(@Nullable Boolean receiving, @Nullable String source, @Nullable String name,
		@Nullable Duration ownLag, @Nullable List<Follower> followers, List<Refusal> refusals) {

	public ReplicationReading {
		followers = (followers != null) ? List.copyOf(followers) : null;
		refusals = List.copyOf(refusals);
	}

	/**
	 * Creates a reading of which only the essential parts are known.
	 */
	public ReplicationReading(@Nullable Boolean receiving, @Nullable Duration ownLag,
			@Nullable List<Follower> followers) {
		this(receiving, null, null, ownLag, followers, List.of());
	}

	/**
	 * Returns whether the node is known to receive the log of another node.
	 */
	public boolean isReceiving() {
		return Boolean.TRUE.equals(this.receiving);
	}

	/**
	 * Follower that a node lists.
	 *
	 * @param name its name, or null if it could not be read
	 * @param synchronous whether commits wait for it
	 */
	public record Follower(@Nullable String name, boolean synchronous) {

	}

}
