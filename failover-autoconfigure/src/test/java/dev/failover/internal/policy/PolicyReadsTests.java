package dev.failover.internal.policy;

import java.time.Duration;
import java.util.stream.Stream;

import dev.failover.BreakerState;
import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.Role;
import dev.failover.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.failover.NodeStatusFixture.foreignHistory;
import static dev.failover.NodeStatusFixture.history;
import static dev.failover.NodeStatusFixture.IN_STEP;
import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.NOW;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static dev.failover.NodeStatusFixture.promoted;
import static dev.failover.NodeStatusFixture.sample;
import static dev.failover.NodeStatusFixture.standby;
import static dev.failover.NodeStatusFixture.unverified;
import static dev.failover.NodeStatusFixture.up;
import static dev.failover.NodeStatusFixture.verified;
import static dev.failover.NodeStatusFixture.writable;
import static dev.failover.internal.policy.PolicyScenario.RECOVERY_STAY;
import static dev.failover.internal.policy.PolicyScenario.failedOver;
import static dev.failover.internal.policy.PolicyScenario.normal;
import static dev.failover.internal.policy.PolicyScenario.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link Policy}: reads beside the node that takes writes.
 */
class PolicyReadsTests {

	private static final Node THIRD = new Node("third");

	private static final PolicySettings READS_FROM_MIRROR = settings(Topology.STANDBY, true, true, true);

	@ParameterizedTest(name = "{0}")
	@MethodSource("fit")
	void sendsReadsToAMirrorThatFollowsClosely(String name, PolicyScenario scenario) {
		scenario.assertMoves(Mode.NORMAL, PRIMARY, MIRROR, Cause.READS_MOVED);
	}

	static Stream<Arguments> fit() {
		return Stream.of(arguments("in step", beside(standby(MIRROR, 1))),
				arguments("at the limits of lag and age",
						beside(standby(MIRROR, 1, sample(true, Duration.ofSeconds(1), NOW.minusSeconds(2))))),
				arguments("not verified by configuration",
						beside(standby(MIRROR, 1, unverified(Duration.ZERO))).withoutVerification()),
				arguments("the route has just settled", beside(standby(MIRROR, 1)).after(RECOVERY_STAY, 0)));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("unfit")
	void keepsReadsBesideWritesWhileNoMirrorIsFit(String name, PolicyScenario scenario) {
		scenario.assertStays();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("unfit")
	void takesReadsFromAnUnfitMirrorAtOnce(String name, PolicyScenario scenario) {
		scenario.reading(MIRROR).after(Duration.ZERO, 0).assertMoves(Mode.NORMAL, PRIMARY, PRIMARY, Cause.READS_MOVED);
	}

	static Stream<Arguments> unfit() {
		return Stream.of(arguments("too far behind", beside(standby(MIRROR, 1, verified(Duration.ofMillis(1_001))))),
				arguments("sample too old",
						beside(standby(MIRROR, 1, sample(true, Duration.ZERO, NOW.minusMillis(2_001))))),
				arguments("lag unknown", beside(standby(MIRROR, 1, verified(null)))),
				arguments("not known to replicate", beside(standby(MIRROR, 1, unverified(Duration.ZERO)))),
				arguments("never sampled", beside(standby(MIRROR, 1, null))),
				arguments("another database", beside(up(MIRROR, Role.READ_ONLY, foreignHistory(), IN_STEP))),
				arguments("does not tell its role", beside(up(MIRROR, Role.UNKNOWN, history(1), IN_STEP))),
				arguments("must not be used", beside(up(MIRROR, Role.UNUSABLE, history(1), IN_STEP))),
				arguments("breaker half open", beside(standby(MIRROR, 1).withBreaker(BreakerState.HALF_OPEN))));
	}

	@Test
	void keepsReadsBesideWritesUntilTheRouteHasSettled() {
		beside(standby(MIRROR, 1)).after(Duration.ofMillis(2_499), 0).assertStays();
	}

	@Test
	void doesNotCountTheSampleThatTheWriterHadAsAFollower() {
		failedOver(standby(PRIMARY, 2), promoted(MIRROR, 2, IN_STEP)).with(READS_FROM_MIRROR)
			.assertMoves(Mode.FAILED_OVER, MIRROR, PRIMARY, Cause.READS_MOVED);
	}

	@Test
	void addsMirrorsOneByOne() {
		PolicyScenario both = beside(standby(MIRROR, 1)).and(standby(THIRD, 1));
		assertReads(both, MIRROR);
		assertReads(both.reading(MIRROR), MIRROR, THIRD);
		both.reading(MIRROR, THIRD).assertStays();
		both.reading(MIRROR).after(Duration.ZERO, 0).assertStays();
	}

	private static PolicyScenario beside(NodeStatus mirror) {
		return normal(writable(PRIMARY, 1), mirror).with(READS_FROM_MIRROR);
	}

	private static void assertReads(PolicyScenario scenario, Node... reads) {
		assertThat(scenario.decide()).hasValueSatisfying((decision) -> {
			assertThat(decision.writes()).isEqualTo(PRIMARY);
			assertThat(decision.reads()).containsExactly(reads);
		});
	}

}
