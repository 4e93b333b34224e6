package dev.failover.internal.replication;

import java.time.Instant;

import dev.failover.Role;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import org.jspecify.annotations.Nullable;

/**
 * Last readings of one node.
 *
 * @param reading role, history and position, or null before the first reading
 * @param readAt time of that reading, or null
 * @param replication state of replication, or null if it could not be read
 * @param replicationAt time at which replication was last read or failed to be read, or
 * null
 */
record NodeReadings(@Nullable Reading reading, @Nullable Instant readAt, @Nullable ReplicationReading replication,
		@Nullable Instant replicationAt) {

	/** Readings of a node that was not read yet. */
	static final NodeReadings NONE = new NodeReadings(null, null, null, null);

	/**
	 * Returns a copy with a new reading.
	 */
	NodeReadings with(Reading reading, Instant at) {
		return new NodeReadings(reading, at, this.replication, this.replicationAt);
	}

	/**
	 * Returns a copy with a new state of replication, null if it could not be read.
	 */
	NodeReadings with(@Nullable ReplicationReading replication, Instant at) {
		return new NodeReadings(this.reading, this.readAt, replication, at);
	}

	/**
	 * Returns whether the node and its replication have both been read once.
	 */
	boolean isComplete() {
		return this.reading != null && this.replicationAt != null;
	}

	/**
	 * Returns whether the node was read as writable after the given time.
	 */
	boolean wasLeaderAfter(@Nullable Instant at) {
		return this.reading != null && this.readAt != null && at != null && this.reading.role() == Role.WRITABLE
				&& this.readAt.isAfter(at);
	}

}
