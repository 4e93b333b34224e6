package dev.failover.internal.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import dev.failover.Condition;
import dev.failover.Condition.Kind;
import dev.failover.NodeStatus;
import dev.failover.Replication;
import dev.failover.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.failover.NodeStatusFixture.down;
import static dev.failover.NodeStatusFixture.foreign;
import static dev.failover.NodeStatusFixture.foreignHistory;
import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.NOW;
import static dev.failover.NodeStatusFixture.on;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static dev.failover.NodeStatusFixture.sample;
import static dev.failover.NodeStatusFixture.standby;
import static dev.failover.NodeStatusFixture.unverified;
import static dev.failover.NodeStatusFixture.up;
import static dev.failover.NodeStatusFixture.verified;
import static dev.failover.NodeStatusFixture.writable;
import static dev.failover.internal.policy.PolicyScenario.MULTI_WRITER;
import static dev.failover.internal.policy.PolicyScenario.normal;
import static dev.failover.internal.policy.PolicyScenario.readOnly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link ConditionDetails}: what differs between two conditions of a kind, and
 * the time of a condition.
 */
final class ConditionDetailsTests {

	private static final String LIMIT = ", limit 10 s (failover.replication.max-lag)";

	@ParameterizedTest(name = "{0}")
	@MethodSource({ "lags", "problems", "remedies", "flaps" })
	void beginsOrEndsWith(String name, PolicyScenario scenario, Kind kind, String part) {
		String detail = detail(scenario, kind);
		assertThat(detail.startsWith(part) || detail.endsWith(part)).as(detail).isTrue();
	}

	static Stream<Arguments> lags() {
		return Stream.of(arguments("seconds", lagging(Duration.ofMillis(12_500)), Kind.LAGGING, "12 s behind" + LIMIT),
				arguments("ten seconds", lagging(Duration.ofMillis(10_500)), Kind.LAGGING, "10 s behind" + LIMIT),
				arguments("unknown", behind(verified(null)), Kind.LAGGING,
						"Its lag is unknown" + LIMIT + ". It cannot take over. "),
				arguments("unknown, never sampled", behind(null), Kind.LAGGING,
						"Its lag is unknown" + LIMIT + ". It cannot take over. "),
				arguments("unknown for a reason", behind(unverified(null)), Kind.LAGGING,
						"Its lag is unknown" + LIMIT
								+ ": it accepted writes of its own when it was last read. It cannot take over. "),
				arguments("unknown, verification off", behind(null).withoutVerification(), Kind.LAGGING,
						"Its lag is unknown" + LIMIT
								+ ". It takes over nevertheless, because nothing is verified, and may lack data. "));
	}

	static Stream<Arguments> problems() {
		String unverified = "It is not known to replicate the leader";
		return Stream.of(
				arguments("never sampled", behind(null), Kind.UNVERIFIED,
						unverified + " 'primary': the state of its replication could not be read. "),
				arguments("sampled without a reason",
						behind(new Replication(false, Duration.ZERO, 0L, NOW, false, null)), Kind.UNVERIFIED,
						unverified + " 'primary': the state of its replication could not be read. "),
				arguments("deposed leader", behind(null).deposed(2), Kind.UNVERIFIED,
						unverified + ": another server leads that no node of this application leads to. "),
				arguments("second name of the leader",
						normal(on(writable(PRIMARY, 1), "a"), on(standby(MIRROR, 1), "a")).ledBy("a"), Kind.UNVERIFIED,
						"It leads to the same server as 'primary': both are lost together. "));
	}

	static Stream<Arguments> remedies() {
		String restart = "the action 'switchover' with \"force\": true to the endpoint 'failover'";
		String repair = "Repair its replication, or rebuild it from the leader";
		return Stream.of(
				arguments("another database that accepts writes",
						normal(writable(PRIMARY, 1), foreign(MIRROR)).with(MULTI_WRITER), Kind.UNVERIFIED, restart),
				arguments("a copy of another database", normal(writable(PRIMARY, 1),
						up(MIRROR, Role.READ_ONLY, foreignHistory(), null)), Kind.UNVERIFIED, repair),
				arguments("a node of the leader's history that accepts writes",
						normal(writable(PRIMARY, 1), writable(MIRROR, 1)).with(MULTI_WRITER), Kind.UNVERIFIED, repair),
				arguments("a node whose leader is lost",
						readOnly(down(PRIMARY), standby(MIRROR, 1, unverified(Duration.ofSeconds(1)))), Kind.UNVERIFIED,
						"It does not receive the log of its leader 'primary', which is lost: it accepted writes of its "
								+ "own when it was last read. Bring the leader back. "));
	}

	static Stream<Arguments> flaps() {
		return Stream.of(arguments("one flap",
				readOnly(writable(PRIMARY, 1), standby(MIRROR, 1)).after(Duration.ofSeconds(1), 1), Kind.FLAPPING,
				"It was lost 1 time soon after its return. It takes writes again 2.5 s after the route has left it"));
	}

	@Test
	void aConditionThatStillAppliesKeepsItsTimeButNotItsDetail() {
		PolicyScenario scenario = normal(writable(PRIMARY, 1), down(MIRROR));
		Instant earlier = NOW.minusSeconds(60);
		assertThat(evaluate(scenario, new Condition(Kind.DOWN, MIRROR, earlier, "earlier")))
			.containsExactly(new Condition(Kind.DOWN, MIRROR, earlier, detail(scenario, Kind.DOWN)));
		assertThat(evaluate(scenario, new Condition(Kind.DOWN, PRIMARY, earlier, "earlier")))
			.containsExactly(new Condition(Kind.DOWN, MIRROR, NOW, detail(scenario, Kind.DOWN)));
	}

	@Test
	void writableServersThatTellNoHistoryAreASplitBrainOnlyIfTheyMustBeVerified() {
		NodeStatus primary = up(PRIMARY, Role.WRITABLE, null, null);
		NodeStatus mirror = up(MIRROR, Role.WRITABLE, null, null);
		assertThat(hasSplitBrain(normal(primary, mirror))).isTrue();
		assertThat(hasSplitBrain(normal(primary, mirror).withoutVerification())).isFalse();
		assertThat(hasSplitBrain(normal(primary, writable(MIRROR, 2)).withoutVerification())).isTrue();
	}

	private static boolean hasSplitBrain(PolicyScenario scenario) {
		return evaluate(scenario).stream().anyMatch((condition) -> condition.kind() == Kind.SPLIT_BRAIN);
	}

	private static PolicyScenario lagging(Duration lag) {
		return behind(verified(lag));
	}

	private static PolicyScenario behind(@Nullable Replication sample) {
		return normal(writable(PRIMARY, 1), standby(MIRROR, 1, sample));
	}

	private static List<Condition> evaluate(PolicyScenario scenario, Condition... previous) {
		return new ConditionRules(scenario.settings()).evaluate(scenario.situation(), List.of(previous));
	}

	private static String detail(PolicyScenario scenario, Kind kind) {
		return evaluate(scenario).stream()
			.filter((condition) -> condition.kind() == kind)
			.findFirst()
			.orElseThrow()
			.detail();
	}

}
