package dev.failover.internal.replication;

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
		ReplicationReading replication = following.replication();
		return switch (leader.compare(follower).relation()) {
			case UNKNOWN -> new Verification("its history could not be compared with the leader's");
			case FOREIGN -> new Verification("it replicates database " + follower + ", the leader is " + leader);
			case CONTINUES, DIVERGED ->
				new Verification(isLeader(following) ? "it accepted writes when it was last read"
						: "it follows history " + follower + ", the leader writes history " + leader);
			case SAME, AHEAD, BEHIND -> follows(following, replication);
		};
	}

	private static Verification follows(NodeReadings following, @Nullable ReplicationReading replication) {
		if (replication == null) {
			return new Verification("its replication could not be read");
		}
		if (isLeader(following)) {
			return new Verification("it accepted writes when it was last read");
		}
		if (replication.receiving() == null) {
			return new Verification("its replication could not be read");
		}
		return replication.isReceiving() ? GOOD : new Verification("it is not receiving the log of a leader");
	}

	private static @Nullable History history(NodeReadings readings) {
		return (readings.reading() != null) ? readings.reading().history() : null;
	}

}
