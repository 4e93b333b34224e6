package dev.failover.internal.replication;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.failover.History;
import dev.failover.History.Comparison;
import dev.failover.History.Relation;
import dev.failover.Node;
import dev.failover.Replication;
import dev.failover.dialect.Reading;
import dev.failover.dialect.Reading.Refusal;
import dev.failover.dialect.ReplicationReading;
import dev.failover.dialect.ReplicationReading.Follower;
import org.jspecify.annotations.Nullable;

/**
 * Measures how far servers are behind the leader and verifies that they follow it. A
 * server keeps its sample when another name leads to it. Confined to the monitor's
 * thread.
 * <p>
 * Keeps the last verification of each follower when the leader is lost, and measures lag
 * against the last known position of the leader from then on.
 */
public final class ReplicationWatch {

	/** Time after which the log of a silent leader counts as not growing. */
	private static final Duration LEADER_SILENCE = Duration.ofSeconds(2);

	/** Servers that are remembered, those that no node leads to any more included. */
	private static final int MAX_SERVERS = 64;

	private final LeaderLog log;

	private final Map<Node, String> servers = new HashMap<>();

	private final Map<String, NodeReadings> readings = bounded();

	private final Map<String, Replication> samples = bounded();

	private @Nullable String leader;

	/**
	 * Creates a watch.
	 * @param maxLag longest lag that must be measured exactly
	 */
	public ReplicationWatch(Duration maxLag) {
		this.log = new LeaderLog(maxLag.multipliedBy(2).plusSeconds(60));
	}

	private static <T> Map<String, T> bounded() {
		return new LinkedHashMap<>(16, 0.75f, true) {

			private static final long serialVersionUID = 1L;

			@Override
			protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
				return size() > MAX_SERVERS;
			}

		};
	}

	/**
	 * Sets the leader. Discards the samples that were taken under another leader.
	 * @param server key of the leader, or null if no node leads to it
	 */
	public void follow(@Nullable String server) {
		if (!Objects.equals(server, this.leader)) {
			this.leader = server;
			this.log.clear();
			this.samples.clear();
			if (server != null) {
				noteLeader(readings(server));
			}
			assessAll();
		}
	}

	/**
	 * Records the answer of a node to a probe.
	 */
	public void read(Node node, Reading reading, Instant at) {
		String server = Objects.requireNonNullElse(reading.instance(), node.name());
		this.servers.put(node, server);
		NodeReadings current = readings(server).with(reading, at);
		this.readings.put(server, current);
		if (server.equals(this.leader)) {
			noteLeader(current);
		}
		assessAll();
	}

	/**
	 * Records the state of a node's replication, null if it could not be read.
	 */
	public void readReplication(Node node, @Nullable ReplicationReading reading, Instant at) {
		String server = server(node);
		this.readings.put(server, readings(server).with(reading, at));
		assessAll();
	}

	/**
	 * Returns the last sample of the server that a node leads to, or null if it is the
	 * leader or was not sampled yet.
	 */
	public @Nullable Replication of(Node node) {
		String server = server(node);
		return server.equals(this.leader) ? null : this.samples.get(server);
	}

	/**
	 * Returns whether a node follows the leader itself rather than another follower;
	 * empty if that is not known.
	 */
	public Optional<Boolean> followsLeader(Node node) {
		NodeReadings leading = (this.leader != null) ? readings(this.leader) : NodeReadings.NONE;
		ReplicationReading following = readings(server(node)).replication();
		Reading leaderReading = leading.reading();
		if (following == null || !following.isReceiving() || leaderReading == null) {
			return Optional.empty();
		}
		if (following.source() != null && leaderReading.instance() != null) {
			return Optional.of(following.source().equals(leaderReading.instance()));
		}
		List<Follower> listed = (leading.replication() != null) ? leading.replication().followers() : null;
		String name = following.name();
		if (listed == null || name == null || listed.stream().anyMatch((follower) -> follower.name() == null)) {
			return Optional.empty();
		}
		long found = listed.stream().filter((follower) -> name.equals(follower.name())).count();
		return (found > 0 && found < sharing(name)) ? Optional.empty() : Optional.of(found > 0);
	}

	/**
	 * Returns the name under which a node streams and no other one does, or null.
	 */
	public @Nullable String nameOf(Node node) {
		ReplicationReading following = readings(server(node)).replication();
		String name = (following != null) ? following.name() : null;
		return (name != null && sharing(name) == 1) ? name : null;
	}

	/**
	 * Returns the number of our servers that stream under a name.
	 */
	private long sharing(String name) {
		return this.servers.values()
			.stream()
			.distinct()
			.map((server) -> readings(server).replication())
			.filter((reading) -> reading != null && reading.isReceiving() && name.equals(reading.name()))
			.count();
	}

	private String server(Node node) {
		return this.servers.getOrDefault(node, node.name());
	}

	private NodeReadings readings(String server) {
		return this.readings.getOrDefault(server, NodeReadings.NONE);
	}

	private void noteLeader(NodeReadings readings) {
		Reading reading = readings.reading();
		Instant at = readings.readAt();
		if (reading != null && at != null && reading.history() != null && Verification.isLeader(readings)) {
			this.log.add(reading.history(), at);
		}
	}

	private void assessAll() {
		String current = this.leader;
		if (current == null) {
			return;
		}
		NodeReadings leading = readings(current);
		List.copyOf(this.readings.entrySet()).forEach((entry) -> {
			NodeReadings readings = entry.getValue();
			if (!entry.getKey().equals(current) && readings.isComplete() && readings.readAt() != null) {
				assess(entry.getKey(), leading, readings, readings.readAt());
			}
		});
	}

	private void assess(String server, NodeReadings leading, NodeReadings following, Instant at) {
		Replication previous = this.samples.get(server);
		Verification now = Verification.of(leading, following);
		boolean leaderLives = leading.wasLeaderAfter(following.replicationAt());
		if (previous != null && previous.verified() && !now.verified() && !leaderLives) {
			now = Verification.GOOD;
		}
		this.samples.put(server, sample(following, at, now, isSynchronous(leading, following, previous), previous));
	}

	/**
	 * Returns whether the leader waits for a follower, which it lists by its name. If
	 * names are not known, a single follower must be the one.
	 */
	private boolean isSynchronous(NodeReadings leading, NodeReadings following, @Nullable Replication previous) {
		ReplicationReading read = leading.replication();
		if (read == null || read.followers() == null) {
			return previous != null && previous.synchronous();
		}
		String name = (following.replication() != null) ? following.replication().name() : null;
		List<Follower> named = read.followers().stream().filter((follower) -> follower.name() != null).toList();
		if (name == null || named.isEmpty()) {
			return read.followers().size() == 1 && read.followers().get(0).synchronous();
		}
		List<Follower> own = named.stream().filter((follower) -> name.equals(follower.name())).toList();
		return !own.isEmpty() && own.stream().allMatch(Follower::synchronous);
	}

	private Replication sample(NodeReadings following, Instant at, Verification verification, boolean synchronous,
			@Nullable Replication previous) {
		LeaderLog.Sample latest = this.log.latest();
		History applied = (following.reading() != null) ? following.reading().history() : null;
		if (Verification.leadsAlone(following) && previous != null) {
			return promoted(applied, at, verification, previous);
		}
		Comparison found = Comparison.of((latest != null) ? latest.history() : null, applied);
		if (Verification.leadsAlone(following) || latest == null || applied == null || found.lacks() == null) {
			Duration own = (following.replication() != null) ? following.replication().ownLag() : null;
			return new Replication(verification.verified(), own, null, at, synchronous,
					(own == null && verification.verified()) ? unknownLag(following) : verification.problem());
		}
		boolean silent = latest.at().plus(LEADER_SILENCE).isBefore(at);
		Duration lag = this.log.lag(applied, silent ? latest.at() : at);
		return new Replication(verification.verified(), lag, found.lacks(), at, synchronous && verification.verified(),
				verification.problem());
	}

	/**
	 * Returns what a verified follower or its leader refuses to tell, so that the lag is
	 * not known; null if nothing is refused.
	 */
	private @Nullable String unknownLag(NodeReadings following) {
		NodeReadings leading = (this.leader != null) ? readings(this.leader) : NodeReadings.NONE;
		List<Refusal> refusals = Verification.refusals(leading, following);
		return refusals.isEmpty() ? null : "its lag could not be read" + Verification.refused(refusals);
	}

	/**
	 * Returns the sample of a follower that was promoted. Before its promotion it applied
	 * all that it had received, which may be more than its last sample shows. Its history
	 * shows what it lacks; if that is not known, the last sample is kept.
	 */
	private Replication promoted(@Nullable History history, Instant at, Verification verification,
			Replication previous) {
		LeaderLog.Sample latest = this.log.latest();
		Comparison found = Comparison.of((latest != null) ? latest.history() : null, history);
		if (latest == null || history == null || found.relation() != Relation.CONTINUES || found.lacks() == null) {
			boolean unknown = verification.verified() && previous.lag() == null;
			return new Replication(verification.verified(), previous.lag(), previous.behind(), previous.sampledAt(),
					false, unknown ? previous.problem() : verification.problem());
		}
		return new Replication(verification.verified(), this.log.lag(history, latest.at()), found.lacks(), at, false,
				verification.problem());
	}

}
