package dev.failover.internal.replication;

import java.util.Objects;

import dev.failover.History;
import dev.failover.Role;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import org.jspecify.annotations.Nullable;

/**
 * Whether a node replicates the leader, and if not, why.
 *
 * @param problem what is wrong, or null
 */
record Verification(@Nullable String problem) {

	static final Verification GOOD = new Verification(null);

	boolean verified() {
		return this.problem == null;
	}

	/**
	 * Whether the node reads itself writable, and so follows nobody.
	 */
	static boolean leads(NodeReadings readings) {
		Reading reading = readings.reading();
		return reading != null && reading.role() == Role.WRITABLE;
	}

	static Verification of(NodeReadings leading, NodeReadings following) {
		History leader = identity(leading);
		History follower = identity(following);
		if (leader == null || follower == null) {
			return new Verification("its identity could not be compared with the leader's");
		}
		if (!leader.sameCluster(follower)) {
			return new Verification("it is a copy of " + follower.cluster() + ", not of " + leader.cluster());
		}
		ReplicationReading replication = following.replication();
		if (replication == null) {
			return new Verification("its replication could not be read");
		}
		if (leads(following)) {
			return new Verification("it accepted writes of its own when it was last read");
		}
		if (!replication.receiving()) {
			return new Verification("it receives nothing from a leader");
		}
		Long generation = replication.generation();
		if (generation != null && leader.generation() != null && !Objects.equals(generation, leader.generation())) {
			return new Verification(
					"it follows generation " + generation + ", the leader writes generation " + leader.generation());
		}
		return GOOD;
	}

	private static @Nullable History identity(NodeReadings readings) {
		return (readings.reading() != null) ? readings.reading().history() : null;
	}

}
