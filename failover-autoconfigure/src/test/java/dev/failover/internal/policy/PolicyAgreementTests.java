package dev.failover.internal.policy;

import java.time.Instant;
import java.util.Optional;

import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.NodeStatus;
import org.junit.jupiter.api.Test;

import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.NOW;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static dev.failover.NodeStatusFixture.promoted;
import static dev.failover.NodeStatusFixture.standby;
import static dev.failover.NodeStatusFixture.unverified;
import static dev.failover.NodeStatusFixture.writable;
import static dev.failover.internal.policy.PolicyScenario.readOnly;
import static dev.failover.internal.policy.PolicyScenario.startup;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Policy}: what the nodes agree on.
 */
final class PolicyAgreementTests {

	@Test
	void followsALossyPromotionOnceTheLeaderOfBeforeWasRebuiltFromIt() {
		readOnly(standby(PRIMARY, 2), promoted(MIRROR, 2, unverified(null))).assertMoves(Mode.FAILED_OVER, MIRROR,
				MIRROR, Cause.ROLE_CHANGED);
	}

	@Test
	void doesNotAgreeWithWhatWasReadBeforeTheLineageWasLastSeen() {
		NodeStatus node = standby(PRIMARY, 2);
		NodeStatus earlier = new NodeStatus(node.node(), node.address(), node.server(), null, node.state(), node.role(),
				node.breaker(), node.since(), NOW.minusSeconds(61), node.lastProbe(), node.history(),
				node.replication());
		assertThat(readOnly(earlier, promoted(MIRROR, 2, unverified(null))).decide())
			.hasValueSatisfying((decision) -> assertThat(decision.writes()).isNull());
	}

	@Test
	void refusesWritesToAServerThatHasToldLaterThatItIsReadOnly() {
		NodeStatus node = writable(PRIMARY, 2);
		NodeStatus earlier = of(node, NOW.minusSeconds(1));
		NodeStatus later = of(standby(MIRROR, 2), NOW);
		assertThat(readOnly(earlier, later).decide())
			.satisfies((decision) -> assertThat(decision.map(Decision::writes)).isNotEqualTo(Optional.of(node.node())));
	}

	private static NodeStatus of(NodeStatus node, Instant at) {
		return new NodeStatus(node.node(), node.address(), node.server(), "server", node.state(), node.role(),
				node.breaker(), node.since(), at, node.lastProbe(), node.history(), node.replication());
	}

	@Test
	void startsOnTheNewestOfSeveralMirrors() {
		Node other = new Node("mirror-2");
		assertThat(startup(standby(PRIMARY, 1, null), writable(MIRROR, 2)).and(writable(other, 3)).decide())
			.hasValueSatisfying((decision) -> assertThat(decision.writes()).isEqualTo(other));
	}

}
