package dev.failover.internal.policy;

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
	void waitsForAnotherReadingOfAServerThatWasReadBeforeTheOthers() {
		NodeStatus later = standby(PRIMARY, 2);
		NodeStatus read = new NodeStatus(later.node(), later.address(), later.server(), null, later.state(),
				later.role(), later.breaker(), later.since(), NOW.plusSeconds(1), later.lastProbe(), later.history(),
				later.replication());
		assertThat(readOnly(read, promoted(MIRROR, 2, unverified(null))).decide())
			.hasValueSatisfying((decision) -> assertThat(decision.writes()).isNull());
	}

	@Test
	void startsOnTheNewestOfSeveralMirrors() {
		Node other = new Node("mirror-2");
		assertThat(startup(standby(PRIMARY, 1, null), writable(MIRROR, 2)).and(writable(other, 3)).decide())
			.hasValueSatisfying((decision) -> assertThat(decision.writes()).isEqualTo(other));
	}

}
