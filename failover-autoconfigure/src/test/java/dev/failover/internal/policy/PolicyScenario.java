package dev.failover.internal.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.NodeStatusFixture;
import dev.failover.Route;
import dev.failover.Topology;
import org.jspecify.annotations.Nullable;

import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.NOW;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Settings and situation as input of the {@link Policy}. Immutable.
 *
 * @param settings the settings
 * @param situation the situation
 */
public record PolicyScenario(PolicySettings settings, Situation situation) {

	public static final Duration MAX_LAG = Duration.ofSeconds(10);

	public static final Duration MIN_STAY = Duration.ofSeconds(30);

	public static final Duration RECOVERY_STAY = Duration.ofMillis(2500);

	public static final PolicySettings STANDBY = settings(Topology.STANDBY, true, true, false);

	public static final PolicySettings MULTI_WRITER = settings(Topology.MULTI_WRITER, true, true, false);

	public static final PolicySettings INDEPENDENT = settings(Topology.MULTI_WRITER, false, true, false);

	public static PolicySettings settings(Topology topology, boolean verify, boolean automaticFailback,
			boolean readsFromMirror) {
		return new PolicySettings(topology, MAX_LAG, verify, automaticFailback, MIN_STAY, RECOVERY_STAY,
				readsFromMirror, Duration.ofSeconds(1), false, Duration.ofSeconds(2));
	}

	/**
	 * Returns a scenario before the first decision.
	 */
	public static PolicyScenario startup(NodeStatus... nodes) {
		return new PolicyScenario(STANDBY, new Situation(Route.undecided(NOW), List.of(nodes), Leadership.NONE,
				rivalry(List.of(nodes)), false, Flaps.NONE, NOW));
	}

	/**
	 * Returns a scenario in which writes have gone to the primary, of generation 1, for a
	 * minute.
	 */
	public static PolicyScenario normal(NodeStatus... nodes) {
		return routed(PRIMARY, PRIMARY, Mode.NORMAL, PRIMARY, 1, nodes);
	}

	/**
	 * Returns a scenario in which the primary, of generation 1, is lost and the mirror
	 * serves reads.
	 */
	public static PolicyScenario readOnly(NodeStatus... nodes) {
		return routed(null, MIRROR, Mode.READ_ONLY, PRIMARY, 1, nodes);
	}

	/**
	 * Returns a scenario in which the primary, of generation 1, is lost and no node
	 * serves.
	 */
	public static PolicyScenario unavailable(NodeStatus... nodes) {
		return routed(null, null, Mode.UNAVAILABLE, PRIMARY, 1, nodes);
	}

	/**
	 * Returns a scenario in which writes have gone to the mirror, of generation 2, for a
	 * minute.
	 */
	public static PolicyScenario failedOver(NodeStatus... nodes) {
		return routed(MIRROR, MIRROR, Mode.FAILED_OVER, MIRROR, 2, nodes);
	}

	private static PolicyScenario routed(@Nullable Node writes, @Nullable Node reads, Mode mode, Node leader,
			long generation, NodeStatus... nodes) {
		Route route = new Route(writes, (reads != null) ? List.of(reads) : List.of(), mode, 7, NOW.minusSeconds(60),
				Cause.STARTUP);
		Leadership leadership = new Leadership(leader, null, NodeStatusFixture.history(generation),
				NOW.minusSeconds(60), NOW, false, Set.of(), Set.of(), null);
		return new PolicyScenario(STANDBY,
				new Situation(route, List.of(nodes), leadership, rivalry(List.of(nodes)), false, Flaps.NONE, NOW));
	}

	public PolicyScenario with(PolicySettings settings) {
		return new PolicyScenario(settings, this.situation);
	}

	public PolicyScenario withoutVerification() {
		return with(settings(this.settings.topology(), false, this.settings.automaticFailback(),
				this.settings.readsFromMirror()));
	}

	public PolicyScenario withManualFailback() {
		return with(settings(this.settings.topology(), this.settings.verify(), false, this.settings.readsFromMirror()));
	}

	public PolicyScenario paused() {
		Situation was = this.situation;
		return new PolicyScenario(this.settings,
				new Situation(was.route(), was.nodes(), was.leadership(), was.rivalry(), true, was.flaps(), was.now()));
	}

	/**
	 * Returns a copy with a route of the given age and a number of flaps of the preferred
	 * node.
	 */
	public PolicyScenario after(Duration stay, int flaps) {
		Situation was = this.situation;
		Instant since = was.now().minus(stay);
		Route route = new Route(was.route().writes(), was.route().reads(), was.route().mode(), was.route().epoch(),
				since, was.route().cause());
		return new PolicyScenario(this.settings, new Situation(route, was.nodes(), was.leadership(), was.rivalry(),
				was.paused(), new Flaps(flaps, since), was.now()));
	}

	/**
	 * Returns a copy in which another server, of the given generation, has deposed the
	 * leader.
	 */
	public PolicyScenario deposed(long generation) {
		Leadership was = this.situation.leadership();
		return with(new Leadership(was.node(), null, NodeStatusFixture.history(generation), NOW.minusSeconds(60),
				was.seenAt(), true, Set.of(), Set.of(), null));
	}

	/**
	 * Returns a copy whose leader is a known server, with the servers that were promoted
	 * while it went on taking writes.
	 */
	public PolicyScenario ledBy(String server, String... rivals) {
		Leadership was = this.situation.leadership();
		return with(new Leadership(was.node(), server, was.lineage(), was.lineageAt(), was.seenAt(), false, Set.of(),
				Set.of(rivals), null));
	}

	public PolicyScenario with(Leadership leadership) {
		Situation was = this.situation;
		return new PolicyScenario(this.settings, new Situation(was.route(), was.nodes(), leadership, was.rivalry(),
				was.paused(), was.flaps(), was.now()));
	}

	/**
	 * Returns a copy in which an operator has put writes on the leader when the route was
	 * published.
	 */
	public PolicyScenario requested() {
		return with(this.situation.leadership().chosen(this.situation.route().since()));
	}

	/**
	 * Returns a copy whose route leads reads to these nodes.
	 */
	public PolicyScenario reading(Node... reads) {
		Situation was = this.situation;
		Route route = new Route(was.route().writes(), List.of(reads), was.route().mode(), was.route().epoch(),
				was.route().since(), was.route().cause());
		return new PolicyScenario(this.settings, new Situation(route, was.nodes(), was.leadership(), was.rivalry(),
				was.paused(), was.flaps(), was.now()));
	}

	/**
	 * Returns a copy in which several servers have accepted writes at once for a time, in
	 * which the logs of some have grown.
	 */
	public PolicyScenario rivalsFor(Duration time, Node... grown) {
		Situation was = this.situation;
		Rivalry rivalry = new Rivalry(was.now().minus(time), true, Set.of(grown));
		return new PolicyScenario(this.settings, new Situation(was.route(), was.nodes(), was.leadership(), rivalry,
				was.paused(), was.flaps(), was.now()));
	}

	/**
	 * Returns a copy with one more node, the least preferred one.
	 */
	public PolicyScenario and(NodeStatus node) {
		Situation was = this.situation;
		List<NodeStatus> nodes = new ArrayList<>(was.nodes());
		nodes.add(node);
		return new PolicyScenario(this.settings, new Situation(was.route(), nodes, was.leadership(), rivalry(nodes),
				was.paused(), was.flaps(), was.now()));
	}

	/**
	 * Returns the servers that have accepted writes at once for a minute, the preferred
	 * one without a change of its log.
	 */
	private static @Nullable Rivalry rivalry(List<NodeStatus> nodes) {
		boolean several = nodes.stream().filter(NodeStatus::isWritable).map(Leadership::key).distinct().count() > 1;
		return several ? new Rivalry(NOW.minusSeconds(60), true, Set.of()) : null;
	}

	public Optional<Decision> decide() {
		return new Policy(this.settings).decide(this.situation);
	}

	/**
	 * Asserts that the policy decides on this route, with evidence about both nodes.
	 */
	public void assertMoves(Mode mode, @Nullable Node writes, @Nullable Node reads, Cause cause) {
		assertThat(decide()).hasValueSatisfying((decision) -> {
			assertThat(decision.mode()).isEqualTo(mode);
			assertThat(decision.writes()).isEqualTo(writes);
			assertThat(decision.reads()).isEqualTo((reads != null) ? List.of(reads) : List.of());
			assertThat(decision.cause()).isEqualTo(cause);
			assertThat(decision.evidence()).contains("primary", "mirror");
		});
	}

	public void assertStays() {
		assertThat(decide()).isEmpty();
	}

}
