package dev.failover.internal.replication;

import java.util.Objects;

import dev.failover.History;
import dev.failover.Role;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import org.jspecify.annotations.Nullable;

/**
 * Result of verifying that a node replicates the leader.
 *
 * @param problem reason why the node is not known to replicate the leader, or null if it
 * is
 */
record Verification(@Nullable String problem) {

	static final Verification GOOD = new Verification(null);

	boolean verified() {
		return this.problem == null;
	}

	/**
	 * Returns whether the node was last read as writable, so that it follows no leader.
	 */
	static boolean isLeader(NodeReadings readings) {
		Reading reading = readings.reading();
		return reading != null && reading.role() == Role.WRITABLE;
	}

	/**
	 * Verifies that a node replicates the leader.
	 * @param leading readings of the leader
	 * @param following readings of the node
	 */
	static Verification of(NodeReadings leading, NodeReadings following) {
		History leader = history(leading);
		History follower = history(following);
		if (leader == null || follower == null) {
			return new Verification("its history could not be compared with the leader's");
		}
		if (!leader.sameCluster(follower)) {
			return new Verification(
					"it replicates database " + follower.cluster() + ", the leader is " + leader.cluster());
		}
		ReplicationReading replication = following.replication();
		if (replication == null) {
			return new Verification("its replication could not be read");
		}
		if (isLeader(following)) {
			return new Verification("it accepted writes when it was last read");
		}
		if (!replication.receiving()) {
			return new Verification("it is not receiving the log of a leader");
		}
		Long generation = replication.generation();
		if (generation != null && leader.generation() != null && !Objects.equals(generation, leader.generation())) {
			return new Verification(
					"it follows generation " + generation + ", the leader writes generation " + leader.generation());
		}
		return GOOD;
	}

	private static @Nullable History history(NodeReadings readings) {
		return (readings.reading() != null) ? readings.reading().history() : null;
	}

}
