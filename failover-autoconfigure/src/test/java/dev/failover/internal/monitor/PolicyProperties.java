package dev.failover.internal.monitor;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;

import dev.failover.BreakerState;
import dev.failover.History;
import dev.failover.History.Relation;
import dev.failover.Node;
import dev.failover.NodeState;
import dev.failover.NodeStatus;
import dev.failover.NodeStatusFixture;
import dev.failover.Replication;
import dev.failover.Role;
import dev.failover.Route;
import dev.failover.Topology;
import dev.failover.Verdict;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import dev.failover.dialect.ReplicationReading.Follower;
import dev.failover.internal.policy.ConditionRules;
import dev.failover.internal.policy.Eligibility;
import dev.failover.internal.policy.Policy;
import dev.failover.internal.policy.PolicyScenario;
import dev.failover.internal.policy.PolicySettings;
import dev.failover.internal.policy.Situation;
import dev.failover.stub.GenerationHistory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Policy} and {@link ClusterState}: properties that hold after any
 * sequence of events on three nodes.
 */
final class PolicyProperties {

	private static final List<Node> NODES = List.of(NodeStatusFixture.PRIMARY, NodeStatusFixture.MIRROR,
			new Node("third"));

	@Property(tries = 250)
	void oneEpochNeverHasTwoWriteNodes(@ForAll("settings") PolicySettings settings,
			@ForAll("histories") List<Step> history) {
		Map<Long, Optional<Node>> writers = new HashMap<>();
		List<Route> routes = play(settings, history).routes();
		for (Route route : routes) {
			Optional<Node> writer = Optional.ofNullable(route.writes());
			assertThat(writers.putIfAbsent(route.epoch(), writer)).as("epoch %d", route.epoch()).isIn(null, writer);
		}
		assertThat(routes).extracting(Route::epoch)
			.containsExactlyElementsOf(LongStream.range(0, routes.size()).boxed().toList());
	}

	@Property(tries = 250)
	void everyNewRouteDiffersFromThePreviousOne(@ForAll("settings") PolicySettings settings,
			@ForAll("histories") List<Step> history) {
		SimulatedMonitor monitor = play(settings, history);
		List<Route> routes = monitor.routes();
		List<Situation> situations = monitor.situations();
		for (int i = 1; i < routes.size(); i++) {
			Route before = routes.get(i - 1);
			Route after = routes.get(i);
			assertThat(!before.decided() || !Objects.equals(before.writes(), after.writes())
					|| !Objects.equals(before.reads(), after.reads()) || isOtherServer(situations.get(i - 1), after))
				.as("%s -> %s", before, after)
				.isTrue();
		}
	}

	private static boolean isOtherServer(Situation situation, Route route) {
		return situation.status(route.writes()).filter((status) -> !situation.leadership().leads(status)).isPresent();
	}

	@Property(tries = 250)
	void noRouteUsesANodeThatIsKnownToBeDown(@ForAll("settings") PolicySettings settings,
			@ForAll("histories") List<Step> history) {
		SimulatedMonitor monitor = new SimulatedMonitor(settings, NODES);
		for (Step step : history) {
			step.apply(monitor);
			Situation now = monitor.situation();
			if (!now.paused() && now.route().decided()) {
				assertThat(now.nodes()).filteredOn((node) -> now.route().uses(node.node()))
					.noneMatch(NodeStatus::isLost);
			}
		}
	}

	@Property(tries = 250)
	void workIsServedWhileANodeIsEligible(@ForAll("settings") PolicySettings settings,
			@ForAll("histories") List<Step> history) {
		SimulatedMonitor monitor = new SimulatedMonitor(settings, NODES);
		for (Step step : history) {
			step.apply(monitor);
			monitor.pass(settings.minStay());
			Situation now = monitor.situation();
			Eligibility eligible = new Eligibility(settings, now);
			if (!now.paused() && now.conclusive() && now.route().writes() == null) {
				assertThat(now.nodes()).noneMatch(eligible::forWrites);
				assertThat(!now.route().reads().isEmpty() || now.nodes().stream().noneMatch(eligible::forReads))
					.isTrue();
			}
		}
	}

	/**
	 * The preferred node is excluded: without failover, the application would use it,
	 * too. So are nodes that need not be verified, and clusters of which no node is left
	 * on the lineage.
	 */
	@Property(tries = 250)
	void aMirrorThatMayLackDataNeverTakesOver(@ForAll("settings") PolicySettings settings,
			@ForAll("histories") List<Step> history) {
		Assume.that(settings.verify());
		SimulatedMonitor monitor = play(settings, history);
		for (int i = 0; i < monitor.situations().size(); i++) {
			Situation from = monitor.situations().get(i);
			Route to = monitor.routes().get(i + 1);
			Node moved = Objects.equals(to.writes(), from.route().writes())
					? to.reads().stream().findFirst().orElse(null) : to.writes();
			if (!from.leadership().isKnown() || moved == null || moved.equals(NODES.get(0))
					|| from.leadership().deposed() || isLineageAbandoned(from)
					|| from.status(moved)
						.filter((status) -> from.leadership().leads(status)
								|| from.leadership().compare(status).isComplete())
						.isPresent()
					|| from.route().uses(moved) && to.writes() == null) {
				continue;
			}
			Replication sample = from.status(moved).map(NodeStatus::replication).orElse(null);
			assertThat(sample).as("sample of %s in %s", moved, from)
				.isNotNull()
				.extracting(Replication::lag)
				.as("lag of %s", moved)
				.isNotNull();
		}
	}

	@Property(tries = 250)
	void aPauseLastsAndTheRouteStaysDuringIt(@ForAll("settings") PolicySettings settings,
			@ForAll("histories") List<Step> before, @ForAll("statusHistories") List<Step> during) {
		SimulatedMonitor monitor = play(settings, before).pause(true);
		Route paused = monitor.route();
		for (Step step : during) {
			step.apply(monitor);
			assertThat(monitor.route()).isSameAs(paused);
			assertThat(monitor.situation().paused()).isTrue();
			assertThat(new ConditionRules(settings).isReady(monitor.situation())).isFalse();
		}
	}

	@Property(tries = 250)
	void theModeMatchesTheNodesOfTheRoute(@ForAll("settings") PolicySettings settings,
			@ForAll("histories") List<Step> history) {
		for (Route route : play(settings, history).routes()) {
			switch (route.mode()) {
				case NORMAL -> {
					assertThat(route.writes()).isEqualTo(NODES.get(0));
					assertThat(route.reads()).isNotEmpty();
				}
				case FAILED_OVER -> {
					assertThat(route.writes()).isNotNull().isNotEqualTo(NODES.get(0));
					assertThat(route.reads()).isNotEmpty();
				}
				case READ_ONLY -> {
					assertThat(route.writes()).isNull();
					assertThat(route.reads()).isNotEmpty();
				}
				case UNAVAILABLE -> assertThat(route.serving()).isNull();
			}
		}
	}

	@Property(tries = 250)
	void inASplitBrainTheRouteStaysOnTheSameServer(@ForAll("histories") List<Step> history) {
		SimulatedMonitor monitor = new SimulatedMonitor(PolicyScenario.STANDBY, NODES);
		for (Step step : history) {
			Route before = monitor.route();
			String leader = monitor.situation().leadership().server();
			step.apply(monitor);
			Situation now = monitor.situation();
			boolean writerWorks = now.status(before.writes())
				.map((status) -> status.isWritable() && status.state() == NodeState.UP && status.instance() != null
						&& status.instance().equals(leader)
						&& now.nodes().stream().filter(status::isSameServer).allMatch(NodeStatus::isWritable))
				.orElse(false);
			if (writerWorks) {
				assertThat(monitor.route().writes()).isNotNull();
				assertThat(instance(now, monitor.route().writes())).isEqualTo(instance(now, before.writes()));
			}
		}
	}

	private static @Nullable String instance(Situation situation, @Nullable Node node) {
		return situation.status(node).map(NodeStatus::instance).orElse(null);
	}

	private static boolean isLineageAbandoned(Situation situation) {
		return situation.nodes()
			.stream()
			.allMatch((node) -> node.isUp() && !situation.leadership().compare(node).isSameLine()
					&& situation.leadership().compare(node).relation() != Relation.UNKNOWN);
	}

	private static SimulatedMonitor play(PolicySettings settings, List<Step> history) {
		SimulatedMonitor monitor = new SimulatedMonitor(settings, NODES);
		history.forEach((step) -> step.apply(monitor));
		return monitor;
	}

	@Provide
	Arbitrary<PolicySettings> settings() {
		Arbitrary<Boolean> flags = Arbitraries.of(true, false);
		return Combinators.combine(Arbitraries.of(Topology.class), flags, flags, flags).as(PolicyScenario::settings);
	}

	@Provide
	Arbitrary<List<Step>> histories() {
		return Arbitraries.frequencyOf(Tuple.of(20, statusSteps()), Tuple.of(1, pauses()))
			.list()
			.ofMinSize(3)
			.ofMaxSize(40);
	}

	@Provide
	Arbitrary<List<Step>> statusHistories() {
		return statusSteps().list().ofMaxSize(20);
	}

	private static Arbitrary<Step> statusSteps() {
		Arbitrary<Node> nodes = Arbitraries.of(NODES);
		Arbitrary<Step> answers = Combinators.combine(nodes, readings(), replications())
			.as((node, reading, replication) -> new Step("%s answers %s, %s".formatted(node, reading, replication),
					(monitor) -> monitor.answers(node, reading, replication.orElse(null))));
		Arbitrary<Step> fails = Combinators
			.combine(nodes, Arbitraries.of(Verdict.DOWN, Verdict.IMPAIRED), Arbitraries.of(BreakerState.class))
			.as((node, verdict, breaker) -> new Step("%s fails with %s, %s".formatted(node, verdict, breaker),
					(monitor) -> monitor.fails(node, verdict, breaker)));
		Arbitrary<Step> tries = Combinators.combine(nodes, readings())
			.as((node, reading) -> new Step("%s is tried: %s".formatted(node, reading),
					(monitor) -> monitor.tries(node, reading)));
		Arbitrary<Step> passes = Arbitraries.integers()
			.between(1, 60_000)
			.map((millis) -> new Step("%d ms pass".formatted(millis),
					(monitor) -> monitor.pass(Duration.ofMillis(millis))));
		return Arbitraries.frequencyOf(Tuple.of(5, answers), Tuple.of(3, fails), Tuple.of(1, tries),
				Tuple.of(2, passes));
	}

	private static Arbitrary<Step> pauses() {
		return Arbitraries.of(true, false)
			.map((paused) -> new Step(paused ? "pause" : "resume", (monitor) -> monitor.pause(paused)));
	}

	private static Arbitrary<Reading> readings() {
		Arbitrary<History> identities = Combinators
			.combine(Arbitraries.frequency(Tuple.of(6, NodeStatusFixture.CLUSTER), Tuple.of(1, "2")),
					Arbitraries.longs().between(1, 4).injectNull(0.2),
					Arbitraries.longs().between(0, 100).injectNull(0.1))
			.as((cluster, generation, position) -> new GenerationHistory(cluster, generation, position));
		return Combinators
			.combine(Arbitraries.of(Role.class), Arbitraries.of("a", "b", "c").injectNull(0.3),
					identities.injectNull(0.1))
			.as(Reading::new);
	}

	private static Arbitrary<Optional<ReplicationReading>> replications() {
		return Combinators.combine(Arbitraries.of(true, false).injectNull(0.1), Arbitraries.of(true, false))
			.as((receiving, synchronous) -> new ReplicationReading(receiving, null,
					List.of(new Follower(null, synchronous))))
			.optional(0.8);
	}

	/**
	 * One event of a sequence.
	 */
	record Step(String text, Consumer<SimulatedMonitor> effect) {

		void apply(SimulatedMonitor monitor) {
			this.effect.accept(monitor);
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

}
