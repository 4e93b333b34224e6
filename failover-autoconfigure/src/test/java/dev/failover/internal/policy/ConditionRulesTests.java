package dev.failover.internal.policy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.failover.BreakerState;
import dev.failover.Condition;
import dev.failover.History;
import dev.failover.Node;
import dev.failover.Role;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.failover.internal.policy.NodeFixture.MIRROR;
import static dev.failover.internal.policy.NodeFixture.NOW;
import static dev.failover.internal.policy.NodeFixture.PRIMARY;
import static dev.failover.internal.policy.NodeFixture.down;
import static dev.failover.internal.policy.NodeFixture.foreign;
import static dev.failover.internal.policy.NodeFixture.impaired;
import static dev.failover.internal.policy.NodeFixture.promoted;
import static dev.failover.internal.policy.NodeFixture.sample;
import static dev.failover.internal.policy.NodeFixture.standby;
import static dev.failover.internal.policy.NodeFixture.unknown;
import static dev.failover.internal.policy.NodeFixture.unverified;
import static dev.failover.internal.policy.NodeFixture.up;
import static dev.failover.internal.policy.NodeFixture.verified;
import static dev.failover.internal.policy.NodeFixture.with;
import static dev.failover.internal.policy.NodeFixture.writable;
import static dev.failover.internal.policy.PolicyScene.INDEPENDENT;
import static dev.failover.internal.policy.PolicyScene.MULTI_WRITER;
import static dev.failover.internal.policy.PolicyScene.failedOver;
import static dev.failover.internal.policy.PolicyScene.normal;
import static dev.failover.internal.policy.PolicyScene.readOnly;
import static dev.failover.internal.policy.PolicyScene.startup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

final class ConditionRulesTests {

	@ParameterizedTest(name = "{0}: {2}, ready {3}")
	@MethodSource({ "mirrors", "primariesAndOthers", "twoWriters" })
	void tellsWhatLimitsFailover(String name, PolicyScene scene, List<String> names, boolean ready) {
		ConditionRules conditions = new ConditionRules(scene.settings());
		assertThat(conditions.evaluate(scene.situation(), List.of())).extracting(Condition::label)
			.containsExactlyElementsOf(names);
		assertThat(conditions.isReady(scene.situation())).isEqualTo(ready);
	}

	static Stream<Arguments> mirrors() {
		Duration second = Duration.ofSeconds(1);
		return Stream.of(arguments("all is well", normal(writable(PRIMARY, 1), standby(MIRROR, 1)), List.of(), true),
				arguments("before the first probe", startup(unknown(PRIMARY), unknown(MIRROR)), List.of(), false),
				arguments("mirror never answered yet", normal(writable(PRIMARY, 1), unknown(MIRROR)), List.of(), false),
				arguments("mirror down", normal(writable(PRIMARY, 1), down(MIRROR)), List.of("DOWN of node 'mirror'"),
						false),
				arguments("mirror forced open",
						normal(writable(PRIMARY, 1), with(standby(MIRROR, 1), BreakerState.FORCED_OPEN)),
						List.of("DOWN of node 'mirror'"), false),
				arguments("mirror impaired", normal(writable(PRIMARY, 1), impaired(MIRROR)),
						List.of("IMPAIRED of node 'mirror'"), false),
				arguments("mirror of unknown role",
						normal(writable(PRIMARY, 1),
								up(MIRROR, Role.UNKNOWN, new History(NodeFixture.CLUSTER, 1L), verified(second))),
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
				arguments("no replication, nobody asks",
						normal(writable(PRIMARY, 1), standby(MIRROR, 1, unverified(second))).withoutVerification(),
						List.of(), true),
				arguments("never sampled", normal(writable(PRIMARY, 1), standby(MIRROR, 1, null)),
						List.of("UNVERIFIED of node 'mirror'", "LAGGING of node 'mirror'"), false));
	}

	static Stream<Arguments> primariesAndOthers() {
		return Stream.of(
				arguments("primary impaired", normal(impaired(PRIMARY), standby(MIRROR, 1)),
						List.of("IMPAIRED of node 'primary'"), true),
				arguments("held", normal(writable(PRIMARY, 1), standby(MIRROR, 1)).held(), List.of("PAUSED"), false),
				arguments("primary down", readOnly(down(PRIMARY), standby(MIRROR, 1)),
						List.of("DOWN of node 'primary'"), false),
				arguments("failed over, primary follows", failedOver(standby(PRIMARY, 2), writable(MIRROR, 2)),
						List.of(), true),
				arguments("third node down too",
						normal(writable(PRIMARY, 1), standby(MIRROR, 1)).and(down(new Node("third"))),
						List.of("THIRD_DOWN"), true));
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
				arguments("two writers that nobody compares",
						normal(writable(PRIMARY, 1), foreign(MIRROR)).with(INDEPENDENT), List.of(), true));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("splits")
	void twoWritableNodesAreASplitBrainAndNeverReady(String name, PolicyScene scene, boolean diverged) {
		ConditionRules conditions = new ConditionRules(scene.settings());
		List<String> names = conditions.evaluate(scene.situation(), List.of()).stream().map(Condition::label).toList();
		assertThat(names).contains("SPLIT_BRAIN");
		assertThat(names.contains("DIVERGED of node 'primary'")).isEqualTo(diverged);
		assertThat(conditions.isReady(scene.situation())).isFalse();
	}

	static Stream<Arguments> splits() {
		return Stream.of(
				arguments("mirror promoted under a living primary",
						normal(writable(PRIMARY, 1), promoted(MIRROR, 2, unverified(Duration.ZERO))), false),
				arguments("old primary is back", failedOver(writable(PRIMARY, 1), writable(MIRROR, 2)), true));
	}

}
