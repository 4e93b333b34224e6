package dev.failover.internal.replication;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.failover.History;
import dev.failover.Role;
import dev.failover.dialect.Reading;
import dev.failover.dialect.Reading.Refusal;
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
	 * Returns whether the node was last read as writable.
	 */
	static boolean isLeader(NodeReadings readings) {
		Reading reading = readings.reading();
		return reading != null && reading.role() == Role.WRITABLE;
	}

	/**
	 * Returns whether the node was last read as writable in a history that its server
	 * writes alone, so that it follows no leader.
	 */
	static boolean leadsAlone(NodeReadings readings) {
		return isLeader(readings) && !isShared(readings);
	}

	private static boolean isShared(NodeReadings readings) {
		History history = history(readings);
		return history != null && history.isShared();
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
			return new Verification(notCompared(leading, following));
		}
		ReplicationReading replication = following.replication();
		return switch (leader.compare(follower).relation()) {
			case UNKNOWN -> new Verification(notCompared(leading, following));
			case FOREIGN -> new Verification("it replicates database " + follower + ", the leader is " + leader);
			case CONTINUES, DIVERGED -> new Verification(
					isLeader(following) ? "it accepted writes when it was last read" : otherHistory(follower, leader));
			case SAME, AHEAD, BEHIND -> follows(following, replication);
		};
	}

	/**
	 * Returns how a follower's history differs from the leader's. The texts of sets of
	 * transactions name who wrote them only, and can be equal.
	 */
	private static String otherHistory(History follower, History leader) {
		return follower.toString().equals(leader.toString())
				? "it has transactions in history " + follower + " that the leader does not have"
				: "it follows history " + follower + ", the leader writes history " + leader;
	}

	private static Verification follows(NodeReadings following, @Nullable ReplicationReading replication) {
		if (replication == null) {
			return new Verification("its replication could not be read");
		}
		if (leadsAlone(following)) {
			return new Verification("it accepted writes when it was last read");
		}
		if (replication.receiving() == null) {
			return new Verification("its replication could not be read" + refused(replication.refusals()));
		}
		if (!replication.isReceiving() && isShared(following)) {
			return new Verification("its cluster does not wait for it, as while it is a donor or desynchronized");
		}
		return replication.isReceiving() ? GOOD : new Verification("it is not receiving the log of a leader");
	}

	private static String notCompared(NodeReadings leading, NodeReadings following) {
		return "its history could not be compared with the leader's" + refused(refusals(leading, following));
	}

	/**
	 * Returns what the leader or the node refuses to tell of its history.
	 */
	static List<Refusal> refusals(NodeReadings leading, NodeReadings following) {
		return Stream.of(leading, following)
			.flatMap((readings) -> Stream.ofNullable(readings.reading()))
			.flatMap((reading) -> reading.refusals().stream())
			.toList();
	}

	/**
	 * Returns a text that names what is refused, empty if nothing is.
	 */
	static String refused(List<Refusal> refusals) {
		return refusals.isEmpty() ? ""
				: "; the server refuses "
						+ refusals.stream().map(Refusal::part).distinct().collect(Collectors.joining(", "))
						+ " (the finding 'refused-parts' has the remedy)";
	}

	private static @Nullable History history(NodeReadings readings) {
		return (readings.reading() != null) ? readings.reading().history() : null;
	}

}
