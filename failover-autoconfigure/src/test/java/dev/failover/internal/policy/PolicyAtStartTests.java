package dev.failover.internal.policy;

import java.util.stream.Stream;

import dev.failover.BreakerState;
import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.failover.NodeStatusFixture.foreignHistory;
import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static dev.failover.NodeStatusFixture.impaired;
import static dev.failover.NodeStatusFixture.neverSeen;
import static dev.failover.NodeStatusFixture.standby;
import static dev.failover.NodeStatusFixture.unknown;
import static dev.failover.NodeStatusFixture.up;
import static dev.failover.NodeStatusFixture.withoutQuorum;
import static dev.failover.NodeStatusFixture.writable;
import static dev.failover.internal.policy.PolicyScenario.startup;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link Policy}: first decision, from what the nodes report.
 */
class PolicyAtStartTests {

	@ParameterizedTest(name = "{0}")
	@MethodSource({ "starts", "startsWithoutAWritablePrimary" })
	void movesTheRoute(String name, PolicyScenario scenario, Mode mode, @Nullable Node writes, @Nullable Node reads,
			Cause cause) {
		scenario.assertMoves(mode, writes, reads, cause);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("waitsAtStart")
	void keepsTheRoute(String name, PolicyScenario scenario) {
		scenario.assertStays();
	}

	static Stream<Arguments> starts() {
		return Stream.of(
				arguments("start: both are up", startup(writable(PRIMARY, 1), standby(MIRROR, 1, null)), Mode.NORMAL,
						PRIMARY, PRIMARY, Cause.STARTUP),
				arguments("start: the mirror is down", startup(writable(PRIMARY, 1), neverSeen(MIRROR)), Mode.NORMAL,
						PRIMARY, PRIMARY, Cause.STARTUP),
				arguments("start: the primary is down", startup(neverSeen(PRIMARY), standby(MIRROR, 1, null)),
						Mode.READ_ONLY, null, MIRROR, Cause.STARTUP),
				arguments("start: the mirror was promoted earlier", startup(neverSeen(PRIMARY), writable(MIRROR, 2)),
						Mode.FAILED_OVER, MIRROR, MIRROR, Cause.STARTUP),
				arguments("start: the mirror was promoted earlier, the primary follows it",
						startup(standby(PRIMARY, 2, null), writable(MIRROR, 2)), Mode.FAILED_OVER, MIRROR, MIRROR,
						Cause.STARTUP),
				arguments("start: both writable, the mirror was promoted later",
						startup(writable(PRIMARY, 1), writable(MIRROR, 2)), Mode.FAILED_OVER, MIRROR, MIRROR,
						Cause.STARTUP),
				arguments("start: both writable, none is newer", startup(writable(PRIMARY, 2), writable(MIRROR, 2)),
						Mode.NORMAL, PRIMARY, PRIMARY, Cause.STARTUP),
				arguments("start: the primary is down, the mirror writable but never promoted",
						startup(neverSeen(PRIMARY), writable(MIRROR, 1)), Mode.UNAVAILABLE, null, null, Cause.STARTUP),
				arguments("start: the same, a third node follows the mirror",
						startup(neverSeen(PRIMARY), writable(MIRROR, 1)).and(standby(new Node("third"), 1, null)),
						Mode.FAILED_OVER, MIRROR, MIRROR, Cause.STARTUP),
				arguments("start: the same, verification off",
						startup(neverSeen(PRIMARY), writable(MIRROR, 1)).withoutVerification(), Mode.FAILED_OVER,
						MIRROR, MIRROR, Cause.STARTUP),
				arguments("start: the mirror is a copy of another primary and newer",
						startup(writable(PRIMARY, 1), up(MIRROR, Role.WRITABLE, foreignHistory(), null)), Mode.NORMAL,
						PRIMARY, PRIMARY, Cause.STARTUP),
				arguments("start: the mirror leads another database",
						startup(standby(PRIMARY, 1, null), up(MIRROR, Role.WRITABLE, foreignHistory(), null)),
						Mode.READ_ONLY, null, PRIMARY, Cause.STARTUP));
	}

	static Stream<Arguments> startsWithoutAWritablePrimary() {
		return Stream.of(
				arguments("start: the primary does not tell its role",
						startup(up(PRIMARY, Role.UNKNOWN, null, null), standby(MIRROR, 1, null)), Mode.NORMAL, PRIMARY,
						PRIMARY, Cause.STARTUP),
				arguments("start: both are down", startup(neverSeen(PRIMARY), neverSeen(MIRROR)), Mode.UNAVAILABLE,
						null, null, Cause.STARTUP),
				arguments("start: both are standbys", startup(standby(PRIMARY, 1, null), standby(MIRROR, 1, null)),
						Mode.READ_ONLY, null, PRIMARY, Cause.STARTUP),
				arguments("start: the primary is impaired", startup(impaired(PRIMARY), standby(MIRROR, 1, null)),
						Mode.NORMAL, PRIMARY, PRIMARY, Cause.STARTUP),
				arguments("start: the primary is impaired, the mirror was promoted",
						startup(impaired(PRIMARY), writable(MIRROR, 2)), Mode.FAILED_OVER, MIRROR, MIRROR,
						Cause.STARTUP),
				arguments("start: the primary must not be used",
						startup(withoutQuorum(PRIMARY), standby(MIRROR, 1, null)), Mode.READ_ONLY, null, MIRROR,
						Cause.STARTUP),
				arguments("start: the primary is impaired and forced open",
						startup(impaired(PRIMARY).withBreaker(BreakerState.FORCED_OPEN), standby(MIRROR, 1, null)),
						Mode.READ_ONLY, null, MIRROR, Cause.STARTUP));
	}

	static Stream<Arguments> waitsAtStart() {
		return Stream.of(arguments("start: nothing is known", startup(unknown(PRIMARY), unknown(MIRROR))),
				arguments("start: the primary has answered only", startup(writable(PRIMARY, 1), unknown(MIRROR))),
				arguments("start: the mirror has answered only", startup(unknown(PRIMARY), writable(MIRROR, 2))));
	}

}
