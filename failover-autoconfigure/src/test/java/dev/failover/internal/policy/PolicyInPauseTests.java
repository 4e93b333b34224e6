package dev.failover.internal.policy;

import java.util.List;
import java.util.Optional;

import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.Role;
import org.junit.jupiter.api.Test;

import static dev.failover.NodeStatusFixture.FOLLOWED;
import static dev.failover.NodeStatusFixture.foreignHistory;
import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.on;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static dev.failover.NodeStatusFixture.promoted;
import static dev.failover.NodeStatusFixture.standby;
import static dev.failover.NodeStatusFixture.up;
import static dev.failover.NodeStatusFixture.writable;
import static dev.failover.internal.policy.PolicyScenario.INDEPENDENT;
import static dev.failover.internal.policy.PolicyScenario.normal;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Policy}: servers that lead while automatic changes are paused, and
 * routes that an operator requests.
 */
class PolicyInPauseTests {

	private static final NodeStatus REPLACED = on(promoted(PRIMARY, 2, FOLLOWED), "b");

	@Test
	void noticesThatAnotherServerLeadsBehindTheSameNode() {
		assertThat(leaderInPause(besideMirror(REPLACED).paused())).contains(PRIMARY);
	}

	@Test
	void leavesTheLeaderToTheNextDecisionOutsideOfAPause() {
		assertThat(leaderInPause(besideMirror(REPLACED))).isEmpty();
	}

	@Test
	void knowsNoOtherLeaderWhereEachNodeHasAHistoryOfItsOwn() {
		assertThat(leaderInPause(besideMirror(REPLACED).with(INDEPENDENT).paused())).isEmpty();
	}

	@Test
	void keepsTheLeaderWhoseServerIsTheSame() {
		assertThat(leaderInPause(besideMirror(on(writable(PRIMARY, 1), "a")).paused())).isEmpty();
	}

	@Test
	void doesNotFollowAServerThatMayNotTakeWrites() {
		NodeStatus other = on(up(PRIMARY, Role.WRITABLE, foreignHistory(), null), "b");
		assertThat(leaderInPause(besideMirror(other).paused())).isEmpty();
		assertThat(leaderInPause(besideMirror(on(standby(PRIMARY, 2), "b")).paused())).isEmpty();
	}

	@Test
	void sendsAllWorkWhereAnOperatorWantsIt() {
		PolicyScenario scenario = besideMirror(on(writable(PRIMARY, 1), "a"));
		Policy policy = new Policy(scenario.settings());
		assertThat(policy.ordered(scenario.situation(), MIRROR, "requested"))
			.isEqualTo(new Decision(MIRROR, List.of(MIRROR), Mode.FAILED_OVER, Cause.SWITCHOVER, "requested"));
	}

	private static PolicyScenario besideMirror(NodeStatus primary) {
		return normal(primary, on(standby(MIRROR, 1), "m")).ledBy("a");
	}

	private static Optional<Node> leaderInPause(PolicyScenario scenario) {
		return new Policy(scenario.settings()).leaderInPause(scenario.situation());
	}

}
