package dev.failover.dialect;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a node says of its replication.
 *
 * @param receiving whether it is receiving the log of another node now
 * @param generation generation of the log it receives, or null if it could not be read
 * @param ownLag the lag as the node itself sees it, or null; used where the database has
 * no positions to compare
 * @param synchronousFollowers how many followers its commits wait for
 */
public record ReplicationReading(boolean receiving, @Nullable Long generation, @Nullable Duration ownLag,
		int synchronousFollowers) {
}
