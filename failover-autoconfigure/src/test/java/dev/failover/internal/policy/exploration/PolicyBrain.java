package dev.failover.internal.policy.exploration;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

import dev.failover.BreakerState;
import dev.failover.Cause;
import dev.failover.Condition;
import dev.failover.Node;
import dev.failover.NodeState;
import dev.failover.NodeStatus;
import dev.failover.Probe;
import dev.failover.Replication;
import dev.failover.Role;
import dev.failover.Route;
import dev.failover.Topology;
import dev.failover.Verdict;
import dev.failover.internal.policy.Cluster;
import dev.failover.internal.policy.ConditionRules;
import dev.failover.internal.policy.Decision;
import dev.failover.internal.policy.Flaps;
import dev.failover.internal.policy.Leadership;
import dev.failover.internal.policy.Policy;
import dev.failover.internal.policy.PolicySettings;
import dev.failover.internal.policy.Rivalry;
import dev.failover.internal.policy.Situation;
import dev.failover.internal.policy.exploration.Followers.Sample;
import org.jspecify.annotations.Nullable;

/**
 * The product's {@link Policy} and {@link Cluster}, with what the monitor measures beside
 * them. Every probe opens or closes the breaker of its node, no lag is too long, and no
 * minimum stay applies, so that time matters only as the order of probes: times are the
 * ranks of the probes that are still remembered.
 *
 * @param rules settings of the policy
 * @param cluster what is known of the nodes
 * @param followers what is measured of followers
 * @param growth logs of writable servers before the first leader is known
 * @param route the current route, without its number; with its time only where an
 * operator chose between several writable servers
 * @param isPaused whether automatic changes are paused
 * @param watched whether writable servers have been watched for long enough
 */
record PolicyBrain(Rules rules, Cluster cluster, Followers followers, Growth growth, Route route, boolean isPaused,
		boolean watched) implements Brain {

	private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

	private static final Duration LONG = Duration.ofDays(1);

	private static final List<Node> NODES = List.of(new Node("primary"), new Node("mirror"), new Node("mirror-2"));

	private static final Probe GOOD = new Probe(START, Duration.ZERO, Verdict.UP, null);

	private static final Probe BAD = new Probe(START, Duration.ZERO, Verdict.DOWN, "08001 refused");

	private static final String[] INSTANCES = IntStream.range(0, 4 * World.SERVERS)
		.mapToObj((process) -> "" + (char) ('A' + (process >> 2)) + (process & 3))
		.toArray(String[]::new);

	/**
	 * Returns the brain of an application that starts.
	 */
	static PolicyBrain start(Scenario scenario) {
		List<NodeStatus> unknown = NODES.stream()
			.limit(scenario.nodes())
			.map((node) -> NodeStatus.unknown(node, "db:1/orders", START))
			.toList();
		return new PolicyBrain(new Rules(scenario.variant()), Cluster.unknown(unknown), Followers.NONE, Growth.NONE,
				Route.undecided(START.minus(LONG)), false, false);
	}

	private static Instant at(int rank) {
		return START.plusMillis(rank);
	}

	private static int rank(Instant time) {
		return (int) Duration.between(START, time).toMillis();
	}

	@Override
	public Turn learn(int node, Observation observation, int overtaken) {
		Events events = new Events(this, this.watched);
		events.learn(node, observation.bits(), timeOf(overtaken));
		return events.turn();
	}

	@Override
	public Turn pass() {
		Events events = new Events(this, true);
		events.decide();
		return events.turn();
	}

	@Override
	public Turn pause(boolean paused) {
		PolicyBrain next = new PolicyBrain(this.rules, this.cluster, this.followers, this.growth, this.route, paused,
				this.watched);
		Events events = new Events(next, this.watched);
		events.decide();
		return events.turn();
	}

	@Override
	public Turn switchover(int node, boolean force) {
		Events events = new Events(this, this.watched);
		events.switchOver(NODES.get(node), force);
		return events.turn();
	}

	@Override
	public int writes() {
		return (this.route.writes() != null) ? NODES.indexOf(this.route.writes()) : NOBODY;
	}

	@Override
	public int reads() {
		int bits = 0;
		for (Node node : this.route.reads()) {
			bits |= 1 << NODES.indexOf(node);
		}
		return bits;
	}

	@Override
	public boolean isSplitBrain() {
		Rivalry rivalry = this.cluster.rivalry(Set.of());
		return rivalry != null && rivalry.confirmed();
	}

	/**
	 * Returns the time of a probe that ends now: after all others or, if it began before
	 * those of other nodes, before them.
	 */
	private int timeOf(int overtaken) {
		SortedSet<Integer> times = new TreeSet<>();
		if (overtaken == 0) {
			collect(times);
			return times.last() + 1;
		}
		collect(times, this.cluster.severalWritableSince());
		Node leading = this.cluster.leadership().node();
		if (leading != null && (overtaken & (1 << NODES.indexOf(leading))) != 0) {
			collect(times, this.cluster.leadership().lineageAt());
		}
		for (int node = 0; node < this.cluster.nodes().size(); node++) {
			if ((overtaken & (1 << node)) != 0) {
				Instant answered = this.cluster.nodes().get(node).lastAnswered();
				times.add((answered != null) ? rank(answered) : this.followers.timeOf(node));
			}
		}
		return times.first() - 1;
	}

	private void collect(SortedSet<Integer> times) {
		times.add(0);
		this.followers.collect(times);
		collect(times, this.cluster.severalWritableSince());
		collect(times, this.cluster.leadership().lineageAt());
		collect(times, this.cluster.leadership().seenAt());
		collect(times, this.cluster.leadership().chosenAt());
		this.cluster.nodes().forEach((status) -> collect(times, status.lastAnswered()));
	}

	private static void collect(SortedSet<Integer> times, @Nullable Instant time) {
		if (time != null && !time.isBefore(START)) {
			times.add(rank(time));
		}
	}

	/**
	 * Returns the brain without what cannot matter any more.
	 */
	PolicyBrain normalized() {
		SortedSet<Integer> times = new TreeSet<>();
		collect(times);
		List<Integer> order = List.copyOf(times);
		IntUnaryOperator rank = (time) -> 2 * order.indexOf(time);
		Cluster was = this.cluster;
		Leadership led = was.leadership();
		Leadership leadership = new Leadership(led.node(), led.server(), led.lineage(), ranked(rank, led.lineageAt()),
				ranked(rank, led.seenAt()), led.deposed(), led.followers(), led.rivals(),
				(was.severalWritableSince() != null) ? ranked(rank, led.chosenAt()) : null);
		List<NodeStatus> nodes = was.nodes()
			.stream()
			.map((status) -> status(status, ranked(rank, status.lastAnswered())))
			.toList();
		boolean watches = was.severalWritableSince() != null && !led.isKnown();
		return new PolicyBrain(this.rules, new Cluster(nodes, leadership, ranked(rank, was.severalWritableSince())),
				this.followers.ranked(rank), watches ? this.growth : Growth.NONE, this.route, this.isPaused,
				watches && this.watched);
	}

	private static @Nullable Instant ranked(IntUnaryOperator rank, @Nullable Instant time) {
		return (time != null) ? at(rank.applyAsInt(rank(time))) : null;
	}

	private static NodeStatus status(NodeStatus status, @Nullable Instant lastAnswered) {
		return new NodeStatus(status.node(), status.address(), null, status.instance(), status.state(), status.role(),
				status.breaker(), START, lastAnswered, status.lastProbe(), status.history(), null);
	}

	/**
	 * Settings of the policy. Compared by identity.
	 */
	static final class Rules {

		private final Policy policy;

		private final PolicySettings settings;

		private final ConditionRules conditions;

		Rules(Variant variant) {
			this.settings = new PolicySettings(Topology.STANDBY, LONG, variant.verify(), true, Duration.ZERO,
					Duration.ZERO, false, LONG, variant.followNewest(), LONG);
			this.policy = new Policy(this.settings);
			this.conditions = new ConditionRules(this.settings);
		}

	}

	/**
	 * Events at one time, as the monitor handles them.
	 */
	private static final class Events {

		private final Rules rules;

		private final boolean paused;

		private final boolean watched;

		private final int last;

		private Cluster cluster;

		private Followers followers;

		private Growth growth;

		private Route route;

		private boolean moved;

		Events(PolicyBrain brain, boolean watched) {
			this.rules = brain.rules;
			this.cluster = brain.cluster;
			this.followers = brain.followers;
			this.growth = brain.growth;
			this.route = brain.route;
			this.paused = brain.isPaused;
			this.watched = watched;
			this.last = brain.timeOf(0) + 1;
		}

		void learn(int node, int observation, int at) {
			NodeStatus old = this.cluster.nodes().get(node);
			boolean answered = Observation.answered(observation);
			NodeStatus learned = answered ? answer(old, observation, at)
					: new NodeStatus(old.node(), old.address(), null, old.instance(), NodeState.DOWN, Role.UNKNOWN,
							BreakerState.OPEN, START, old.lastAnswered(), BAD, old.history(), null);
			this.cluster = this.cluster.probed(learned, answered, at(at));
			this.growth = (this.cluster.severalWritableSince() != null) ? this.growth : Growth.NONE;
			if (answered) {
				this.followers = this.followers.read(node, observation, at);
				if (this.cluster.severalWritableSince() != null) {
					this.growth = this.growth.read(node, Observation.history(observation));
				}
				followLeader();
			}
			decide();
			if (answered) {
				this.followers = this.followers.readReplication(observation, at);
				this.cluster = this.cluster.followed(old.node(), Observation.receiving(observation), null,
						this::followsLeader);
				followLeader();
				decide();
			}
		}

		private static NodeStatus answer(NodeStatus old, int observation, int at) {
			Role role = Observation.unusable(observation) ? Role.UNUSABLE
					: (Observation.writable(observation) ? Role.WRITABLE : Role.READ_ONLY);
			return new NodeStatus(old.node(), old.address(), null, INSTANCES[Observation.process(observation)],
					NodeState.UP, role, BreakerState.CLOSED, START, at(at), GOOD,
					ModelHistory.of(Observation.history(observation)), null);
		}

		private Optional<Boolean> followsLeader(Node node) {
			return this.followers.followsLeader(NODES.indexOf(node));
		}

		private void followLeader() {
			Leadership leadership = this.cluster.leadership();
			String server = leadership.deposed() ? null : leadership.server();
			this.followers = this.followers.follow((server != null) ? process(server) : Followers.NOBODY);
		}

		private static int process(String instance) {
			if (instance.length() != 2) {
				return Followers.NOBODY;
			}
			return (instance.charAt(0) - 'A') << 2 | (instance.charAt(1) - '0');
		}

		void decide() {
			Situation situation = situation();
			this.rules.policy.leaderInPause(situation)
				.ifPresent((node) -> this.cluster = this.cluster.ledInPause(node));
			this.rules.policy.decide(situation).ifPresent(this::change);
		}

		void switchOver(Node target, boolean force) {
			Situation situation = situation();
			NodeStatus status = situation.status(target).orElseThrow();
			boolean possible = this.route.decided() && !target.equals(this.route.writes()) && status.isWritable();
			if (possible && (force || isFit(situation, status))) {
				change(this.rules.policy.ordered(situation, target, "requested"));
			}
		}

		private boolean isFit(Situation situation, NodeStatus status) {
			List<Condition> conditions = this.rules.conditions.evaluate(situation, List.of());
			return status.replication() != null && conditions.stream()
				.noneMatch((condition) -> status.node().equals(condition.node())
						|| condition.kind() == Condition.Kind.SPLIT_BRAIN);
		}

		private Situation situation() {
			Instant since = this.cluster.severalWritableSince();
			Instant now = (this.watched && since != null) ? since.plusSeconds(3) : at(this.last + 1);
			Set<Node> grown = new HashSet<>();
			for (NodeStatus status : this.cluster.writable()) {
				if ((this.growth.grown() & (1 << NODES.indexOf(status.node()))) != 0) {
					grown.add(status.node());
				}
			}
			return new Situation(this.route, sampled(), this.cluster.leadership(), this.cluster.rivalry(grown),
					this.paused, Flaps.NONE, now);
		}

		private List<NodeStatus> sampled() {
			return IntStream.range(0, this.cluster.nodes().size()).mapToObj((node) -> {
				Sample sample = this.followers.of(node);
				return this.cluster.nodes().get(node).withReplication(Samples.ALL.get(sample.ordinal()).orElse(null));
			}).toList();
		}

		private void change(Decision decision) {
			this.route = new Route(decision.writes(), decision.reads(), decision.mode(), 1, START.minus(LONG),
					Cause.STARTUP);
			this.moved = true;
			if (decision.writes() != null) {
				this.cluster = this.cluster.led(decision.writes());
				followLeader();
				this.cluster = this.cluster.followed(decision.writes(), false, null, this::followsLeader);
				if (this.rules.settings.followNewest() && decision.cause() == Cause.SWITCHOVER) {
					this.cluster = this.cluster.chosen(at(this.last));
				}
			}
		}

		Turn turn() {
			PolicyBrain brain = new PolicyBrain(this.rules, this.cluster, this.followers, this.growth, this.route,
					this.paused, this.watched);
			return new Turn(brain.normalized(), this.moved);
		}

	}

	/**
	 * Samples as the product sees them.
	 */
	private static final class Samples {

		static final List<Optional<Replication>> ALL = List.of(Sample.values())
			.stream()
			.map((sample) -> (sample != Sample.NONE) ? Optional.of(replication(sample)) : Optional.<Replication>empty())
			.toList();

		private static Replication replication(Sample sample) {
			return new Replication(sample.isVerified(), sample.isLagKnown() ? Duration.ZERO : null, null, START, false,
					sample.isVerified() ? null : "unverified");
		}

	}

}
