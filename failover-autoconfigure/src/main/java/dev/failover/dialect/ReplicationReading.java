package dev.failover.dialect;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * State of replication as a node reports it.
 *
 * @param receiving whether the node is receiving the log of another node
 * @param generation generation of the log that it receives, or null if it could not be
 * read
 * @param ownLag the lag that the node measures itself, or null; used where the database
 * has no positions to compare
 * @param synchronousFollowers number of followers that its commits wait for
 */
public record ReplicationReading(boolean receiving, @Nullable Long generation, @Nullable Duration ownLag,
		int synchronousFollowers) {
}
