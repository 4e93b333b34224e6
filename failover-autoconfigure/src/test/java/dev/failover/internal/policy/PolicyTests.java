package dev.failover.internal.policy;

import java.time.Duration;
import java.util.stream.Stream;

import dev.failover.BreakerState;
import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.NodeStatusFixture;
import dev.failover.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.failover.NodeStatusFixture.FOLLOWED;
import static dev.failover.NodeStatusFixture.foreignHistory;
import static dev.failover.NodeStatusFixture.IN_STEP;
import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static dev.failover.NodeStatusFixture.down;
import static dev.failover.NodeStatusFixture.impaired;
import static dev.failover.NodeStatusFixture.promoted;
import static dev.failover.NodeStatusFixture.standby;
import static dev.failover.NodeStatusFixture.unusable;
import static dev.failover.NodeStatusFixture.up;
import static dev.failover.NodeStatusFixture.verified;
import static dev.failover.NodeStatusFixture.writable;
import static dev.failover.internal.policy.PolicyScenario.failedOver;
import static dev.failover.internal.policy.PolicyScenario.normal;
import static dev.failover.internal.policy.PolicyScenario.readOnly;
import static dev.failover.internal.policy.PolicyScenario.unavailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link Policy}: transition table of the topology {@code standby}.
 */
class PolicyTests {

	@ParameterizedTest(name = "{0}")
	@MethodSource({ "losses", "demotions", "promotions", "returns", "failovers" })
	void movesTheRoute(String name, PolicyScenario scenario, Mode mode, @Nullable Node writes, @Nullable Node reads,
			Cause cause) {
		scenario.assertMoves(mode, writes, reads, cause);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("stays")
	void keepsTheRoute(String name, PolicyScenario scenario) {
		scenario.assertStays();
	}

	static Stream<Arguments> losses() {
		return Stream.of(
				arguments("the primary is lost", normal(down(PRIMARY), standby(MIRROR, 1)), Mode.READ_ONLY, null,
						MIRROR, Cause.NODE_LOST),
				arguments("the primary is forced open",
						normal(writable(PRIMARY, 1).withBreaker(BreakerState.FORCED_OPEN), standby(MIRROR, 1)),
						Mode.READ_ONLY, null, MIRROR, Cause.NODE_LOST),
				arguments("the primary is lost, the mirror promoted already",
						normal(down(PRIMARY), promoted(MIRROR, 2, FOLLOWED)), Mode.FAILED_OVER, MIRROR, MIRROR,
						Cause.NODE_LOST),
				arguments("the leader is deposed and lost, the mirror follows the next one",
						normal(down(PRIMARY), standby(MIRROR, 2, null)).deposed(2), Mode.READ_ONLY, null, MIRROR,
						Cause.NODE_LOST),
				arguments("both are lost", normal(down(PRIMARY), down(MIRROR)), Mode.UNAVAILABLE, null, null,
						Cause.NODE_LOST),
				arguments("the primary is lost, the lag of the mirror unknown",
						normal(down(PRIMARY), standby(MIRROR, 1, verified(null))), Mode.UNAVAILABLE, null, null,
						Cause.NODE_LOST),
				arguments("the primary is lost, the mirror was started again and has its data",
						normal(down(PRIMARY), standby(MIRROR, 1, FOLLOWED)), Mode.READ_ONLY, null, MIRROR,
						Cause.NODE_LOST),
				arguments("the primary is lost, the mirror never sampled",
						normal(down(PRIMARY), standby(MIRROR, 1, null)), Mode.UNAVAILABLE, null, null, Cause.NODE_LOST),
				arguments("the primary is lost, the mirror is of another cluster",
						normal(down(PRIMARY), up(MIRROR, Role.READ_ONLY, foreignHistory(), IN_STEP)), Mode.UNAVAILABLE,
						null, null, Cause.NODE_LOST),
				arguments("the primary is lost, the role of the mirror unknown",
						normal(down(PRIMARY), up(MIRROR, Role.UNKNOWN, NodeStatusFixture.history(1), IN_STEP)),
						Mode.UNAVAILABLE, null, null, Cause.NODE_LOST),
				arguments("the primary is lost, the mirror impaired", normal(down(PRIMARY), impaired(MIRROR)),
						Mode.UNAVAILABLE, null, null, Cause.NODE_LOST),
				arguments("the primary is lost, verification off, the mirror is in step",
						normal(down(PRIMARY), up(MIRROR, Role.READ_ONLY, foreignHistory(), FOLLOWED))
							.withoutVerification(),
						Mode.READ_ONLY, null, MIRROR, Cause.NODE_LOST));
	}

	static Stream<Arguments> demotions() {
		return Stream.of(
				arguments("the mirror is lost while it serves reads", readOnly(down(PRIMARY), down(MIRROR)),
						Mode.UNAVAILABLE, null, null, Cause.NODE_LOST),
				arguments("the primary answers, but must not be used", normal(unusable(PRIMARY), standby(MIRROR, 1)),
						Mode.READ_ONLY, null, MIRROR, Cause.ROLE_CHANGED),
				arguments("the primary must not be used, the mirror neither",
						normal(unusable(PRIMARY), unusable(MIRROR)), Mode.UNAVAILABLE, null, null, Cause.ROLE_CHANGED),
				arguments("the primary must not be used, the mirror was promoted",
						normal(unusable(PRIMARY), promoted(MIRROR, 2, FOLLOWED)), Mode.FAILED_OVER, MIRROR, MIRROR,
						Cause.ROLE_CHANGED),
				arguments("the primary is demoted", normal(standby(PRIMARY, 1), standby(MIRROR, 1)), Mode.READ_ONLY,
						null, PRIMARY, Cause.ROLE_CHANGED),
				arguments("the roles are switched", normal(standby(PRIMARY, 2), promoted(MIRROR, 2, FOLLOWED)),
						Mode.FAILED_OVER, MIRROR, MIRROR, Cause.ROLE_CHANGED),
				arguments("of three nodes the next serves reads",
						normal(down(PRIMARY), down(MIRROR)).and(standby(new Node("third"), 1)), Mode.READ_ONLY, null,
						new Node("third"), Cause.NODE_LOST));
	}

	static Stream<Arguments> promotions() {
		return Stream.of(
				arguments("the mirror is promoted", readOnly(down(PRIMARY), promoted(MIRROR, 2, FOLLOWED)),
						Mode.FAILED_OVER, MIRROR, MIRROR, Cause.ROLE_CHANGED),
				arguments("the mirror is promoted, and still verified",
						readOnly(down(PRIMARY), promoted(MIRROR, 2, IN_STEP)), Mode.FAILED_OVER, MIRROR, MIRROR,
						Cause.ROLE_CHANGED),
				arguments("verification off, the mirror is promoted",
						readOnly(down(PRIMARY), up(MIRROR, Role.WRITABLE, null, FOLLOWED)).withoutVerification(),
						Mode.FAILED_OVER, MIRROR, MIRROR, Cause.ROLE_CHANGED),
				arguments("primary returns while the mirror is promoted: the newer one leads",
						readOnly(writable(PRIMARY, 1), promoted(MIRROR, 2, FOLLOWED)), Mode.FAILED_OVER, MIRROR, MIRROR,
						Cause.ROLE_CHANGED),
				arguments("of three nodes the promoted one takes the writes",
						readOnly(down(PRIMARY), standby(MIRROR, 1)).and(promoted(new Node("third"), 2, FOLLOWED)),
						Mode.FAILED_OVER, new Node("third"), new Node("third"), Cause.ROLE_CHANGED));
	}

	static Stream<Arguments> returns() {
		return Stream.of(
				arguments("the primary returns", readOnly(writable(PRIMARY, 1), standby(MIRROR, 1)), Mode.NORMAL,
						PRIMARY, PRIMARY, Cause.NODE_RETURNED),
				arguments("the primary returns and does not tell its role",
						readOnly(up(PRIMARY, Role.UNKNOWN, null, null), standby(MIRROR, 1)), Mode.NORMAL, PRIMARY,
						PRIMARY, Cause.NODE_RETURNED),
				arguments("the primary returns as a copy of another database and is the only node",
						unavailable(up(PRIMARY, Role.READ_ONLY, foreignHistory(), null), down(MIRROR)), Mode.READ_ONLY,
						null, PRIMARY, Cause.NODE_RETURNED),
				arguments("damping does not delay the only node",
						unavailable(writable(PRIMARY, 1), down(MIRROR)).after(Duration.ZERO, 9), Mode.NORMAL, PRIMARY,
						PRIMARY, Cause.NODE_RETURNED),
				arguments("the primary returns, the mirror is lost", unavailable(writable(PRIMARY, 1), down(MIRROR)),
						Mode.NORMAL, PRIMARY, PRIMARY, Cause.NODE_RETURNED),
				arguments("the mirror returns, the primary is lost", unavailable(down(PRIMARY), standby(MIRROR, 1)),
						Mode.READ_ONLY, null, MIRROR, Cause.NODE_RETURNED),
				arguments("the primary returns after its first flap",
						readOnly(writable(PRIMARY, 1), standby(MIRROR, 1)).after(Duration.ofMillis(2500), 1),
						Mode.NORMAL, PRIMARY, PRIMARY, Cause.NODE_RETURNED),
				arguments("the primary returns after its third flap",
						readOnly(writable(PRIMARY, 1), standby(MIRROR, 1)).after(Duration.ofSeconds(10), 3),
						Mode.NORMAL, PRIMARY, PRIMARY, Cause.NODE_RETURNED),
				arguments("damping has a limit",
						readOnly(writable(PRIMARY, 1), standby(MIRROR, 1)).after(Duration.ofSeconds(10), 60),
						Mode.NORMAL, PRIMARY, PRIMARY, Cause.NODE_RETURNED),
				arguments("damping does not delay a promoted server under the name of the lost one",
						readOnly(promoted(PRIMARY, 2, FOLLOWED), standby(MIRROR, 2)).after(Duration.ZERO, 9),
						Mode.NORMAL, PRIMARY, PRIMARY, Cause.NODE_RETURNED),
				arguments("damping does not delay the server that a follower has testified for",
						readOnly(writable(PRIMARY, 2), standby(MIRROR, 2)).after(Duration.ZERO, 9).deposed(2),
						Mode.NORMAL, PRIMARY, PRIMARY, Cause.NODE_RETURNED),
				arguments("damping does not delay a promotion",
						readOnly(down(PRIMARY), promoted(MIRROR, 2, FOLLOWED)).after(Duration.ZERO, 9),
						Mode.FAILED_OVER, MIRROR, MIRROR, Cause.ROLE_CHANGED));
	}

	static Stream<Arguments> failovers() {
		return Stream.of(
				arguments("the old primary follows and the mirror is lost",
						failedOver(standby(PRIMARY, 2), down(MIRROR)), Mode.READ_ONLY, null, PRIMARY, Cause.NODE_LOST),
				arguments("the mirror is lost, the old primary does not tell its role",
						failedOver(up(PRIMARY, Role.UNKNOWN, null, null), down(MIRROR)), Mode.UNAVAILABLE, null, null,
						Cause.NODE_LOST),
				arguments("the old primary follows and is promoted",
						failedOver(promoted(PRIMARY, 3, FOLLOWED), down(MIRROR)), Mode.NORMAL, PRIMARY, PRIMARY,
						Cause.NODE_LOST),
				arguments("the roles are switched back", failedOver(promoted(PRIMARY, 3, FOLLOWED), standby(MIRROR, 3)),
						Mode.NORMAL, PRIMARY, PRIMARY, Cause.ROLE_CHANGED),
				arguments("the promoted mirror is demoted again", failedOver(down(PRIMARY), standby(MIRROR, 2)),
						Mode.READ_ONLY, null, MIRROR, Cause.ROLE_CHANGED),
				arguments("the mirror is lost, the primary came back diverged",
						failedOver(promoted(PRIMARY, 1, FOLLOWED), down(MIRROR)), Mode.UNAVAILABLE, null, null,
						Cause.NODE_LOST));
	}

	static Stream<Arguments> stays() {
		return Stream.of(arguments("everything works", normal(writable(PRIMARY, 1), standby(MIRROR, 1))),
				arguments("the primary is impaired", normal(impaired(PRIMARY), standby(MIRROR, 1))),
				arguments("the role of the primary is unknown",
						normal(up(PRIMARY, Role.UNKNOWN, null, null), standby(MIRROR, 1))),
				arguments("the breaker of the dead primary is disabled",
						normal(down(PRIMARY, BreakerState.DISABLED), promoted(MIRROR, 2, FOLLOWED))),
				arguments("the mirror must not be used", normal(writable(PRIMARY, 1), unusable(MIRROR))),
				arguments("the mirror is lost", normal(writable(PRIMARY, 1), down(MIRROR))),
				arguments("the primary is lost, the mirror not promoted yet",
						readOnly(down(PRIMARY), standby(MIRROR, 1))),
				arguments("the mirror that serves reads is impaired", readOnly(down(PRIMARY), impaired(MIRROR))),
				arguments("the primary is half open",
						readOnly(writable(PRIMARY, 1).withBreaker(BreakerState.HALF_OPEN), standby(MIRROR, 1))),
				arguments("the primary returns impaired", readOnly(impaired(PRIMARY), standby(MIRROR, 1))),
				arguments("split brain: two nodes are writable",
						normal(writable(PRIMARY, 1), promoted(MIRROR, 2, FOLLOWED))),
				arguments("split brain: the old primary is back and newer",
						failedOver(promoted(PRIMARY, 3, FOLLOWED), writable(MIRROR, 2))),
				arguments("failed over: the old primary is back and diverged",
						failedOver(writable(PRIMARY, 1), writable(MIRROR, 2))),
				arguments("failed over: the old primary follows", failedOver(standby(PRIMARY, 2), writable(MIRROR, 2))),
				arguments("failed over: the old primary is down", failedOver(down(PRIMARY), writable(MIRROR, 2))),
				arguments("nothing serves, and a copy of another database does not answer",
						unavailable(up(PRIMARY, Role.READ_ONLY, foreignHistory(), null).withBreaker(BreakerState.OPEN),
								down(MIRROR))),
				arguments("nothing serves and nothing returns", unavailable(down(PRIMARY), down(MIRROR))),
				arguments("a flapping primary is back too soon",
						readOnly(writable(PRIMARY, 1), standby(MIRROR, 1)).after(Duration.ofMillis(2499), 1)),
				arguments("a primary that flapped twice proves itself twice as long",
						readOnly(writable(PRIMARY, 1), standby(MIRROR, 1)).after(Duration.ofMillis(4999), 2)),
				arguments("damping is bounded, for nothing is written meanwhile",
						readOnly(writable(PRIMARY, 1), standby(MIRROR, 1)).after(Duration.ofMillis(9_999), 60)));
	}

	@Test
	void evidenceNamesStatesRolesAndErrors() {
		assertThat(normal(down(PRIMARY), standby(MIRROR, 1)).decide())
			.hasValueSatisfying((decision) -> assertThat(decision.evidence())
				.isEqualTo("primary DOWN (08001 refused); mirror UP READ_ONLY"));
	}

}
