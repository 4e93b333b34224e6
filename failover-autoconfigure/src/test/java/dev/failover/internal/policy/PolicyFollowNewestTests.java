package dev.failover.internal.policy;

import java.time.Duration;
import java.util.Set;

import dev.failover.Cause;
import dev.failover.History;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.Role;
import dev.failover.Topology;
import dev.failover.stub.GenerationHistory;
import org.junit.jupiter.api.Test;

import static dev.failover.NodeStatusFixture.CLUSTER;
import static dev.failover.NodeStatusFixture.FOLLOWED;
import static dev.failover.NodeStatusFixture.history;
import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.NOW;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static dev.failover.NodeStatusFixture.on;
import static dev.failover.NodeStatusFixture.promoted;
import static dev.failover.NodeStatusFixture.refusingConnections;
import static dev.failover.NodeStatusFixture.up;
import static dev.failover.internal.policy.PolicyScenario.MAX_LAG;
import static dev.failover.internal.policy.PolicyScenario.MIN_STAY;
import static dev.failover.internal.policy.PolicyScenario.RECOVERY_STAY;
import static dev.failover.internal.policy.PolicyScenario.STANDBY;
import static dev.failover.internal.policy.PolicyScenario.normal;

/**
 * Tests for {@link Policy}: writes that move to a promoted node while the leader still
 * takes them.
 */
final class PolicyFollowNewestTests {

	private static final PolicySettings FOLLOW_NEWEST = new PolicySettings(Topology.STANDBY, MAX_LAG, true, true,
			MIN_STAY, RECOVERY_STAY, false, Duration.ofSeconds(1), true, Duration.ofSeconds(2));

	private static final History LED = new GenerationHistory(CLUSTER, 1L, 100L);

	private static final NodeStatus LEADER = up(PRIMARY, Role.WRITABLE, LED, null);

	private static final NodeStatus PROMOTED = promoted(new GenerationHistory(CLUSTER, 2L, 120L, 100L));

	@Test
	void followsAPromotedNodeThatLacksNothing() {
		scenario(LEADER, PROMOTED).assertMoves(Mode.FAILED_OVER, MIRROR, MIRROR, Cause.ROLE_CHANGED);
	}

	@Test
	void staysIfTheSettingsDoNotWantThat() {
		scenario(LEADER, PROMOTED).with(STANDBY).assertStays();
	}

	@Test
	void staysIfThePromotedNodeLacksSome() {
		scenario(LEADER, promoted(new GenerationHistory(CLUSTER, 2L, 120L, 99L))).assertStays();
	}

	@Test
	void staysIfTheOtherNodeWasNotPromoted() {
		scenario(LEADER, promoted(new GenerationHistory(CLUSTER, 1L, 120L))).assertStays();
	}

	@Test
	void followsAPromotedNodeThatLacksNothingAlsoIfTheLeaderWasReadAfterIt() {
		scenario(LEADER, PROMOTED, "mirror").assertMoves(Mode.FAILED_OVER, MIRROR, MIRROR, Cause.ROLE_CHANGED);
	}

	@Test
	void staysIfTheLeaderWroteAfterThePromotion() {
		scenario(LEADER, promoted(new GenerationHistory(CLUSTER, 2L, 120L, 99L)), "mirror").assertStays();
	}

	@Test
	void staysWhereAnOperatorHasPutTheRouteBesideAPromotedNode() {
		scenario(LEADER, PROMOTED).requested().assertStays();
	}

	@Test
	void followsANodeThatWasPromotedAfterAnOperatorHasMovedTheRoute() {
		scenario(LEADER, PROMOTED).requested()
			.rivalsFor(Duration.ofSeconds(1))
			.assertMoves(Mode.FAILED_OVER, MIRROR, MIRROR, Cause.ROLE_CHANGED);
	}

	@Test
	void doesNotFollowAPromotedServerThatHasToldLaterThatItIsReadOnly() {
		NodeStatus earlier = on(PROMOTED, "b", NOW.minusSeconds(1));
		NodeStatus later = on(up(new Node("mirror-2"), Role.READ_ONLY, PROMOTED.history(), FOLLOWED), "b");
		scenario(LEADER, earlier).and(later).assertStays();
	}

	@Test
	void followsAPromotedNodeAlsoIfTheLeaderRefusesNewConnections() {
		scenario(refusingConnections(LEADER), PROMOTED).assertMoves(Mode.FAILED_OVER, MIRROR, MIRROR,
				Cause.ROLE_CHANGED);
	}

	@Test
	void staysIfTheLeaderRefusesConnectionsAndWasNotAskedSince() {
		NodeStatus earlier = on(LEADER, "a", NOW.minusSeconds(1));
		scenario(refusingConnections(earlier), PROMOTED).assertStays();
	}

	@Test
	void staysWhileTheLeaderDoesNotTellItsRole() {
		scenario(up(PRIMARY, Role.UNKNOWN, LED, null), PROMOTED).assertStays();
	}

	private static NodeStatus promoted(History history) {
		return up(MIRROR, Role.WRITABLE, history, FOLLOWED);
	}

	private static PolicyScenario scenario(NodeStatus leader, NodeStatus mirror, String... rivals) {
		return normal(leader, mirror).with(FOLLOW_NEWEST)
			.with(new Leadership(PRIMARY, null, LED, NOW.minusSeconds(60), NOW, false, Set.of(), Set.of(rivals), null));
	}

}
