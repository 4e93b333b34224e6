package dev.failover.internal.replication;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import dev.failover.Node;
import dev.failover.Replication;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import org.jspecify.annotations.Nullable;

/**
 * Measures how far the other nodes are behind the leader and verifies that they follow
 * it. Confined to the monitor's thread.
 * <p>
 * Keeps the last verification of each follower when the leader is lost, and measures lag
 * against the last known position of the leader from then on.
 */
public final class ReplicationWatch {

	/** Time after which the log of a silent leader counts as not growing. */
	private static final Duration LEADER_SILENCE = Duration.ofSeconds(2);

	private final LeaderLog log;

	private final Map<Node, NodeReadings> readings = new HashMap<>();

	private final Map<Node, Replication> samples = new HashMap<>();

	private @Nullable Node leader;

	/**
	 * Creates a watch.
	 * @param maxLag longest lag that must be measured exactly
	 */
	public ReplicationWatch(Duration maxLag) {
		this.log = new LeaderLog(maxLag.multipliedBy(2).plusSeconds(60));
	}

	/**
	 * Sets the leader. Discards the samples that were taken under another leader.
	 */
	public void follow(@Nullable Node leader) {
		if (leader != null && !leader.equals(this.leader)) {
			this.leader = leader;
			this.log.clear();
			this.samples.clear();
			noteLeader(leader);
			assessAll();
		}
	}

	/**
	 * Returns the leader, or null if none was set.
	 */
	public @Nullable Node leader() {
		return this.leader;
	}

	/**
	 * Records the answer of a node to a probe.
	 */
	public void read(Node node, Reading reading, Instant at) {
		this.readings.put(node, readings(node).with(reading, at));
		if (node.equals(this.leader)) {
			noteLeader(node);
		}
		assessAll();
	}

	/**
	 * Records the state of a node's replication, null if it could not be read.
	 */
	public void readReplication(Node node, @Nullable ReplicationReading reading, Instant at) {
		this.readings.put(node, readings(node).with(reading, at));
		assessAll();
	}

	/**
	 * Returns the last sample of a node as a follower, or null if it is the leader or was
	 * not sampled yet.
	 */
	public @Nullable Replication of(Node node) {
		return node.equals(this.leader) ? null : this.samples.get(node);
	}

	private NodeReadings readings(Node node) {
		return this.readings.getOrDefault(node, NodeReadings.NONE);
	}

	private void noteLeader(Node node) {
		NodeReadings readings = readings(node);
		Reading reading = readings.reading();
		Instant at = readings.readAt();
		if (reading != null && at != null && reading.position() != null && Verification.isLeader(readings)) {
			this.log.add(reading.position(), at);
		}
	}

	private void assessAll() {
		Node current = this.leader;
		if (current == null) {
			return;
		}
		NodeReadings leading = readings(current);
		this.readings.forEach((node, readings) -> {
			if (!node.equals(current) && readings.isComplete() && readings.readAt() != null) {
				assess(node, leading, readings, readings.readAt());
			}
		});
	}

	private void assess(Node node, NodeReadings leading, NodeReadings following, Instant at) {
		Replication previous = this.samples.get(node);
		Verification now = Verification.of(leading, following);
		boolean leaderLives = leading.wasLeaderAfter(following.replicationAt());
		if (previous != null && previous.verified() && !now.verified() && !leaderLives) {
			now = Verification.GOOD;
		}
		ReplicationReading read = leading.replication();
		boolean synchronous = (read != null) ? read.synchronousFollowers() > 0
				: previous != null && previous.synchronous();
		this.samples.put(node, sample(following, at, now, synchronous, previous));
	}

	private Replication sample(NodeReadings following, Instant at, Verification verification, boolean synchronous,
			@Nullable Replication previous) {
		LeaderLog.Sample latest = this.log.latest();
		Long applied = (following.reading() != null) ? following.reading().position() : null;
		if (Verification.isLeader(following) && previous != null) {
			return promoted(following.reading(), at, verification, previous);
		}
		if (Verification.isLeader(following) || applied == null || latest == null) {
			Duration own = (following.replication() != null) ? following.replication().ownLag() : null;
			return new Replication(verification.verified(), own, null, at, synchronous, verification.problem());
		}
		boolean silent = latest.at().plus(LEADER_SILENCE).isBefore(at);
		Duration lag = this.log.lag(applied, silent ? latest.at() : at);
		return new Replication(verification.verified(), lag, Math.max(0, latest.position() - applied), at,
				synchronous && verification.verified(), verification.problem());
	}

	/**
	 * Returns the sample of a follower that was promoted. Before its promotion it applied
	 * all that it had received, which may be more than its last sample shows. The
	 * position at which its log branched from the leader's shows what it lacks; if that
	 * could not be read, the last sample is kept.
	 */
	private Replication promoted(@Nullable Reading reading, Instant at, Verification verification,
			Replication previous) {
		LeaderLog.Sample latest = this.log.latest();
		Long branchedAt = (reading != null) ? reading.branchedAt() : null;
		if (latest == null || branchedAt == null) {
			return new Replication(verification.verified(), previous.lag(), previous.behind(), previous.sampledAt(),
					false, verification.problem());
		}
		return new Replication(verification.verified(), this.log.lag(branchedAt, latest.at()),
				Math.max(0, latest.position() - branchedAt), at, false, verification.problem());
	}

}
