package dev.failover.internal.policy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.failover.BreakerState;
import dev.failover.Condition;
import dev.failover.Condition.Kind;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.NodeStatusFixture;
import dev.failover.Role;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.failover.NodeStatusFixture.IN_STEP;
import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.NOW;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static dev.failover.NodeStatusFixture.down;
import static dev.failover.NodeStatusFixture.foreign;
import static dev.failover.NodeStatusFixture.impaired;
import static dev.failover.NodeStatusFixture.neverSeen;
import static dev.failover.NodeStatusFixture.on;
import static dev.failover.NodeStatusFixture.promoted;
import static dev.failover.NodeStatusFixture.promotedTooEarly;
import static dev.failover.NodeStatusFixture.refused;
import static dev.failover.NodeStatusFixture.sample;
import static dev.failover.NodeStatusFixture.standby;
import static dev.failover.NodeStatusFixture.unknown;
import static dev.failover.NodeStatusFixture.unverified;
import static dev.failover.NodeStatusFixture.unreachable;
import static dev.failover.NodeStatusFixture.unusable;
import static dev.failover.NodeStatusFixture.up;
import static dev.failover.NodeStatusFixture.verified;
import static dev.failover.NodeStatusFixture.writable;
import static dev.failover.internal.policy.PolicyScenario.INDEPENDENT;
import static dev.failover.internal.policy.PolicyScenario.MULTI_WRITER;
import static dev.failover.internal.policy.PolicyScenario.failedOver;
import static dev.failover.internal.policy.PolicyScenario.normal;
import static dev.failover.internal.policy.PolicyScenario.readOnly;
import static dev.failover.internal.policy.PolicyScenario.startup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link ConditionRules}.
 */
class ConditionRulesTests {

	@ParameterizedTest(name = "{0}: {2}, ready {3}")
	@MethodSource({ "mirrors", "settling", "openBreakers", "primariesAndOthers", "twoWriters" })
	void raisesTheConditionsThatLimitFailover(String name, PolicyScenario scenario, List<String> names, boolean ready) {
		ConditionRules conditions = new ConditionRules(scenario.settings());
		assertThat(conditions.evaluate(scenario.situation(), List.of())).extracting(Condition::label)
			.containsExactlyElementsOf(names);
		assertThat(conditions.isReady(scenario.situation())).isEqualTo(ready);
	}

	/**
	 * A refused login lasts; a server that starts or has no room answers now one way and
	 * now another, and its condition must not alternate.
	 */
	static Stream<Arguments> openBreakers() {
		return Stream.of(
				arguments("mirror refuses the login, breaker open",
						normal(writable(PRIMARY, 1), refused(MIRROR).withBreaker(BreakerState.OPEN)),
						List.of("IMPAIRED of node 'mirror'"), false),
				arguments("mirror has no room, breaker open",
						normal(writable(PRIMARY, 1), impaired(MIRROR).withBreaker(BreakerState.OPEN)),
						List.of("DOWN of node 'mirror'"), false));
	}

	static Stream<Arguments> mirrors() {
		Duration second = Duration.ofSeconds(1);
		return Stream.of(
				arguments("everything works", normal(writable(PRIMARY, 1), standby(MIRROR, 1)), List.of(), true),
				arguments("before the first probe", startup(unknown(PRIMARY), unknown(MIRROR)), List.of(), false),
				arguments("mirror never answered yet", normal(writable(PRIMARY, 1), unknown(MIRROR)), List.of(), false),
				arguments("mirror down", normal(writable(PRIMARY, 1), down(MIRROR)), List.of("DOWN of node 'mirror'"),
						false),
				arguments("mirror forced open",
						normal(writable(PRIMARY, 1), standby(MIRROR, 1).withBreaker(BreakerState.FORCED_OPEN)),
						List.of("DOWN of node 'mirror'"), false),
				arguments("mirror impaired and forced open",
						normal(writable(PRIMARY, 1), impaired(MIRROR).withBreaker(BreakerState.FORCED_OPEN)),
						List.of("DOWN of node 'mirror'"), false),
				arguments("mirror impaired", normal(writable(PRIMARY, 1), impaired(MIRROR)),
						List.of("IMPAIRED of node 'mirror'"), false),
				arguments("mirror answers, but must not be used", normal(writable(PRIMARY, 1), unusable(MIRROR)),
						List.of("IMPAIRED of node 'mirror'"), false),
				arguments("mirror of unknown role",
						normal(writable(PRIMARY, 1),
								up(MIRROR, Role.UNKNOWN, NodeStatusFixture.history(1), verified(second))),
						List.of(), false),
				arguments("mirror behind",
						normal(writable(PRIMARY, 1), standby(MIRROR, 1, verified(second.multipliedBy(11)))),
						List.of("LAGGING of node 'mirror'"), false),
				arguments("lag unknown", normal(writable(PRIMARY, 1), standby(MIRROR, 1, verified(null))),
						List.of("LAGGING of node 'mirror'"), false),
				arguments("sample too old",
						normal(writable(PRIMARY, 1), standby(MIRROR, 1, sample(true, second, NOW.minusSeconds(10)))),
						List.of("LAGGING of node 'mirror'"), false),
				arguments("no replication", normal(writable(PRIMARY, 1), standby(MIRROR, 1, unverified(second))),
						List.of("UNVERIFIED of node 'mirror'"), false),
				arguments("no replication, not verified by configuration",
						normal(writable(PRIMARY, 1), standby(MIRROR, 1, unverified(second))).withoutVerification(),
						List.of(), true),
				arguments("never sampled", normal(writable(PRIMARY, 1), standby(MIRROR, 1, null)),
						List.of("UNVERIFIED of node 'mirror'", "LAGGING of node 'mirror'"), false));
	}

	static Stream<Arguments> settling() {
		Duration second = Duration.ofSeconds(1);
		return Stream.of(
				arguments("never sampled since the route changed",
						normal(writable(PRIMARY, 1), standby(MIRROR, 1, null)).after(Duration.ofMillis(1_999), 0),
						List.of(), false),
				arguments("behind since the route changed",
						normal(writable(PRIMARY, 1), standby(MIRROR, 1, verified(second.multipliedBy(11))))
							.after(Duration.ZERO, 0),
						List.of("LAGGING of node 'mirror'"), false));
	}

	static Stream<Arguments> primariesAndOthers() {
		return Stream.of(
				arguments("mirror leads to the server of the primary",
						normal(on(writable(PRIMARY, 1), "a"), on(promoted(MIRROR, 1, IN_STEP), "a")).ledBy("a"),
						List.of("UNVERIFIED of node 'mirror'"), false),
				arguments("mirror down, primary was a follower before",
						normal(promoted(PRIMARY, 1, IN_STEP), down(MIRROR)), List.of("DOWN of node 'mirror'"), false),
				arguments("primary impaired", normal(impaired(PRIMARY), standby(MIRROR, 1)),
						List.of("IMPAIRED of node 'primary'"), true),
				arguments("paused", normal(writable(PRIMARY, 1), standby(MIRROR, 1)).paused(), List.of("PAUSED"),
						false),
				arguments("primary restarted, after a repeated loss",
						readOnly(on(promoted(PRIMARY, 1, unverified(null)), "b"), standby(MIRROR, 1)).ledBy("a")
							.after(Duration.ofSeconds(1), 1),
						List.of("FLAPPING of node 'primary'"), false),
				arguments("primary restarted from a backup, after a repeated loss",
						readOnly(on(foreign(PRIMARY), "b"), standby(MIRROR, 1)).ledBy("a")
							.after(Duration.ofSeconds(1), 1),
						List.of("UNVERIFIED of node 'primary'", "LAGGING of node 'primary'"), false),
				arguments("primary down", readOnly(down(PRIMARY), standby(MIRROR, 1)),
						List.of("DOWN of node 'primary'"), false),
				arguments("failed over, primary follows", failedOver(standby(PRIMARY, 2), writable(MIRROR, 2)),
						List.of(), true),
				arguments("third node down too",
						normal(writable(PRIMARY, 1), standby(MIRROR, 1)).and(down(new Node("third"))),
						List.of("DOWN of node 'third'"), true));
	}

	static Stream<Arguments> twoWriters() {
		return Stream.of(
				arguments("multi-writer, mirror read-only",
						normal(writable(PRIMARY, 1), standby(MIRROR, 1)).with(MULTI_WRITER),
						List.of("NOT_WRITABLE of node 'mirror'"), false),
				arguments("multi-writer, both writable",
						normal(writable(PRIMARY, 1), promoted(MIRROR, 1, verified(Duration.ofSeconds(1))))
							.with(MULTI_WRITER),
						List.of(), true),
				arguments("multi-writer, mirror of another system",
						normal(writable(PRIMARY, 1), foreign(MIRROR)).with(MULTI_WRITER),
						List.of("UNVERIFIED of node 'mirror'", "LAGGING of node 'mirror'"), false),
				arguments("two independent writers", normal(writable(PRIMARY, 1), foreign(MIRROR)).with(INDEPENDENT),
						List.of(), true));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("splits")
	void twoWritableNodesAreASplitBrainAndNeverReady(String name, PolicyScenario scenario, boolean diverged) {
		ConditionRules conditions = new ConditionRules(scenario.settings());
		List<String> names = conditions.evaluate(scenario.situation(), List.of())
			.stream()
			.map(Condition::label)
			.toList();
		assertThat(names).contains("SPLIT_BRAIN");
		assertThat(names.contains("DIVERGED of node 'primary'")).isEqualTo(diverged);
		assertThat(conditions.isReady(scenario.situation())).isFalse();
	}

	static Stream<Arguments> splits() {
		return Stream.of(
				arguments("mirror promoted under a living primary",
						normal(writable(PRIMARY, 1), promoted(MIRROR, 2, unverified(Duration.ZERO))), false),
				arguments("old primary is back", failedOver(writable(PRIMARY, 1), writable(MIRROR, 2)), true));
	}

	@Test
	void anOldLeaderHasTheRemedyOfItsDivergenceAlone() {
		PolicyScenario scenario = failedOver(promoted(PRIMARY, 1, unverified(null)), writable(MIRROR, 2));
		assertThat(new ConditionRules(scenario.settings()).evaluate(scenario.situation(), List.of()))
			.extracting(Condition::label)
			.containsExactly("DIVERGED of node 'primary'", "SPLIT_BRAIN");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("details")
	void theDetailSaysWhatWasFoundAndWhatToDo(String name, PolicyScenario scenario, Kind kind, List<String> parts) {
		assertThat(new ConditionRules(scenario.settings()).evaluate(scenario.situation(), List.of()))
			.filteredOn((condition) -> condition.kind() == kind)
			.singleElement()
			.extracting(Condition::detail, InstanceOfAssertFactories.STRING)
			.contains(parts);
	}

	static Stream<Arguments> details() {
		return Stream.concat(detailsOfALostNode(), detailsOfAFollower());
	}

	private static Stream<Arguments> detailsOfALostNode() {
		NodeStatus answering = standby(MIRROR, 1).withBreaker(BreakerState.HALF_OPEN);
		return Stream.of(
				arguments("down", normal(writable(PRIMARY, 1), down(MIRROR)), Kind.DOWN,
						List.of("It does not answer: 08001 refused", "last answer at 2026-11-22T10:00:00Z",
								"Start the server")),
				arguments("never answered", normal(writable(PRIMARY, 1), neverSeen(MIRROR)), Kind.DOWN,
						List.of("last answer never")),
				arguments("forced open", normal(writable(PRIMARY, 1), down(MIRROR, BreakerState.FORCED_OPEN)),
						Kind.DOWN, List.of("forced open by a person", "Close the breaker")),
				arguments("returning", normal(writable(PRIMARY, 1), answering), Kind.DOWN,
						List.of("It answers again", "No action is needed")),
				arguments("down while paused", normal(down(PRIMARY), standby(MIRROR, 1)).paused(), Kind.DOWN,
						List.of("Automatic changes are paused", "'resume' or 'switchover'")),
				arguments("paused", normal(writable(PRIMARY, 1), standby(MIRROR, 1)).paused(), Kind.PAUSED,
						List.of("the route stays where it is", "'resume'")),
				arguments("unusable", normal(writable(PRIMARY, 1), unusable(MIRROR)), Kind.IMPAIRED,
						List.of("says that it must not be used")),
				arguments("impaired", normal(writable(PRIMARY, 1), impaired(MIRROR)), Kind.IMPAIRED,
						List.of("refuses the probe: 53300", "cannot take over", "connection limit")),
				arguments("impaired and serving", normal(impaired(PRIMARY), standby(MIRROR, 1)), Kind.IMPAIRED,
						List.of("refuses the probe: 53300", "open connections work on, new ones fail")),
				arguments("unreachable and serving", normal(unreachable(PRIMARY), standby(MIRROR, 1)), Kind.IMPAIRED,
						List.of("lets nobody open another one: 08001 Connection refused",
								"open connections work on, new ones fail", "firewall")));
	}

	private static Stream<Arguments> detailsOfAFollower() {
		Duration second = Duration.ofSeconds(1);
		return Stream.of(
				arguments("behind", normal(writable(PRIMARY, 1), standby(MIRROR, 1, verified(second.multipliedBy(12)))),
						Kind.LAGGING, List.of("12 s behind, limit 10 s (failover.replication.max-lag)")),
				arguments("lag unknown", normal(writable(PRIMARY, 1), standby(MIRROR, 1, verified(null))), Kind.LAGGING,
						List.of("Its lag is unknown, limit 10 s")),
				arguments("unverified", normal(writable(PRIMARY, 1), standby(MIRROR, 1, unverified(second))),
						Kind.UNVERIFIED,
						List.of("the leader 'primary': it accepted writes of its own", "Repair its replication")),
				arguments("promoted beside the leader",
						normal(writable(PRIMARY, 1), promoted(MIRROR, 2, unverified(Duration.ZERO))), Kind.UNVERIFIED,
						List.of("promoted although the leader 'primary' accepts writes", "Decide which of them leads")),
				arguments("promoted with too little data",
						readOnly(down(PRIMARY), promotedTooEarly(MIRROR, 2, unverified(second.multipliedBy(11)))),
						Kind.UNVERIFIED, List.of("not known to have all that the leader 'primary' had", "force")),
				arguments("promoted with too much lag",
						readOnly(down(PRIMARY), promotedTooEarly(MIRROR, 2, unverified(second.multipliedBy(11)))),
						Kind.LAGGING, List.of("not known to have all that the leader 'primary' had", "force")),
				arguments("diverged", failedOver(writable(PRIMARY, 1), writable(MIRROR, 2)), Kind.DIVERGED,
						List.of("history " + NodeStatusFixture.history(1),
								NodeStatusFixture.history(2) + " of the leader 'mirror'", "rebuild")),
				arguments("split brain", failedOver(writable(PRIMARY, 1), writable(MIRROR, 2)), Kind.SPLIT_BRAIN,
						List.of("'primary' (db:1/orders, history " + NodeStatusFixture.history(1)
								+ ") and 'mirror' (db:1/orders, " + "history " + NodeStatusFixture.history(2)
								+ ") accept writes", "This application writes to 'mirror'")),
				arguments("not writable", normal(writable(PRIMARY, 1), standby(MIRROR, 1)).with(MULTI_WRITER),
						Kind.NOT_WRITABLE, List.of("It reports READ_ONLY", "multi-writer")),
				arguments("flapping", readOnly(writable(PRIMARY, 1), standby(MIRROR, 1)).after(second, 2),
						Kind.FLAPPING, List.of("It was lost 2 times", "5 s after the route has left it")));
	}

}
