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
 * Watches how far the other nodes are behind the leader, and whether they follow it at
 * all. Confined to the monitor's thread.
 * <p>
 * What was known while the leader lived is kept when it dies: a follower that lost its
 * leader has not thereby ceased to be its follower. Its lag is then the one behind the
 * leader's last known position.
 */
public final class ReplicationWatch {

	/** A leader silent for longer is not moving as far as anybody can tell. */
	private static final Duration LEADER_SILENT = Duration.ofSeconds(2);

	private final LeaderLog log;

	private final Map<Node, NodeReadings> readings = new HashMap<>();

	private final Map<Node, Replication> samples = new HashMap<>();

	private @Nullable Node leader;

	/**
	 * Create a watch.
	 * @param maxLag the largest lag that must still be told from a larger one
	 */
	public ReplicationWatch(Duration maxLag) {
		this.log = new LeaderLog(maxLag.multipliedBy(2).plusSeconds(60));
	}

	/**
	 * The node that the others follow; what was known of them as followers of another
	 * leader is forgotten.
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
	 * The node that the others follow, or null before there was one.
	 */
	public @Nullable Node leader() {
		return this.leader;
	}

	/**
	 * A node answered a probe.
	 */
	public void read(Node node, Reading reading, Instant at) {
		this.readings.merge(node, NodeReadings.NONE.with(reading, at), (old, fresh) -> old.with(reading, at));
		if (node.equals(this.leader)) {
			noteLeader(node);
		}
		assessAll();
	}

	/**
	 * A node's replication was read, or could not be.
	 */
	public void readReplication(Node node, @Nullable ReplicationReading reading, Instant at) {
		this.readings.merge(node, NodeReadings.NONE.with(reading, at), (old, fresh) -> old.with(reading, at));
		assessAll();
	}

	/**
	 * The sample of a node as a follower, or null for the leader and before the first.
	 */
	public @Nullable Replication of(Node node) {
		return node.equals(this.leader) ? null : this.samples.get(node);
	}

	private void noteLeader(Node node) {
		NodeReadings readings = this.readings.getOrDefault(node, NodeReadings.NONE);
		Reading reading = readings.reading();
		Instant at = readings.readAt();
		if (reading != null && at != null && reading.position() != null && readings.ledAfter(Instant.MIN)) {
			this.log.add(reading.position(), at);
		}
	}

	private void assessAll() {
		Node current = this.leader;
		if (current == null) {
			return;
		}
		NodeReadings leading = this.readings.getOrDefault(current, NodeReadings.NONE);
		this.readings.forEach((node, readings) -> {
			if (!node.equals(current) && readings.complete() && readings.readAt() != null) {
				assess(node, leading, readings, readings.readAt());
			}
		});
	}

	private void assess(Node node, NodeReadings leading, NodeReadings following, Instant at) {
		Replication previous = this.samples.get(node);
		Verification now = Verification.of(leading, following);
		boolean leaderLives = leading.ledAfter(following.replicationAt());
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
		if (Verification.leads(following) && previous != null) {
			return promoted(following.reading(), at, verification, previous);
		}
		if (Verification.leads(following) || applied == null || latest == null) {
			Duration own = (following.replication() != null) ? following.replication().ownLag() : null;
			return new Replication(verification.verified(), own, null, at, synchronous, verification.problem());
		}
		boolean silent = latest.at().plus(LEADER_SILENT).isBefore(at);
		Duration lag = this.log.lag(applied, silent ? latest.at() : at);
		return new Replication(verification.verified(), lag, Math.max(0, latest.position() - applied), at,
				synchronous && verification.verified(), verification.problem());
	}

	/**
	 * A promoted follower has applied all that it had received, which may be more than
	 * when it was sampled last. What it lacks is known by where its log branched from the
	 * leader's; where that cannot be read, its last sample counts.
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
