package dev.failover.internal.replication;

import java.time.Instant;

import dev.failover.Role;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import org.jspecify.annotations.Nullable;

/**
 * The last readings of one node.
 *
 * @param reading role, identity and position, or null before the first
 * @param readAt when that was read, or null
 * @param replication state of replication, or null if it could not be read
 * @param replicationAt when replication was last asked for, or null
 */
public record NodeReadings(@Nullable Reading reading, @Nullable Instant readAt,
		@Nullable ReplicationReading replication, @Nullable Instant replicationAt) {

	/** Nothing was read yet. */
	public static final NodeReadings NONE = new NodeReadings(null, null, null, null);

	/**
	 * With a new reading.
	 */
	public NodeReadings with(Reading reading, Instant at) {
		return new NodeReadings(reading, at, this.replication, this.replicationAt);
	}

	/**
	 * With a new reading of replication, null if it could not be read.
	 */
	public NodeReadings with(@Nullable ReplicationReading replication, Instant at) {
		return new NodeReadings(this.reading, this.readAt, replication, at);
	}

	/**
	 * Whether both have been asked for.
	 */
	boolean complete() {
		return this.reading != null && this.replicationAt != null;
	}

	/**
	 * Whether it read itself writable after that moment.
	 */
	boolean ledAfter(@Nullable Instant at) {
		return this.reading != null && this.readAt != null && at != null && this.reading.role() == Role.WRITABLE
				&& this.readAt.isAfter(at);
	}

}
