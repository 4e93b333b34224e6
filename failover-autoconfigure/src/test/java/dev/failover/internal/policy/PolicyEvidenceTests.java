package dev.failover.internal.policy;

import dev.failover.Role;
import org.junit.jupiter.api.Test;

import static dev.failover.NodeStatusFixture.down;
import static dev.failover.NodeStatusFixture.FOLLOWED;
import static dev.failover.NodeStatusFixture.foreignHistory;
import static dev.failover.NodeStatusFixture.history;
import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static dev.failover.NodeStatusFixture.promoted;
import static dev.failover.NodeStatusFixture.promotedTooEarly;
import static dev.failover.NodeStatusFixture.standby;
import static dev.failover.NodeStatusFixture.up;
import static dev.failover.internal.policy.PolicyScenario.readOnly;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Policy}: evidence of a decision.
 */
class PolicyEvidenceTests {

	@Test
	void saysHowThePromotedServerContinuesTheLeader() {
		assertEvidence(readOnly(down(PRIMARY), promoted(MIRROR, 2, FOLLOWED)),
				"primary DOWN (08001 refused); mirror UP WRITABLE; history " + history(2) + " continues " + history(1));
	}

	@Test
	void saysHowMuchAPromotedServerLacks() {
		assertThat(readOnly(down(PRIMARY), promotedTooEarly(MIRROR, 2, FOLLOWED)).decide())
			.hasValueSatisfying((decision) -> assertThat(decision.evidence()).matches(
					".* continues .* and lacks [1-9]\\d* of its log, in the unit of positions: commits there are lost"));
	}

	@Test
	void saysThatTheClusterWasReplaced() {
		assertEvidence(
				readOnly(up(PRIMARY, Role.READ_ONLY, foreignHistory(), null),
						up(MIRROR, Role.WRITABLE, foreignHistory(), null)),
				"primary UP READ_ONLY; mirror UP WRITABLE; all nodes agree on history " + foreignHistory()
						+ " in place of " + history(1) + ": the cluster was replaced or restored");
	}

	@Test
	void saysNoMoreOfTheNodeThatLedBefore() {
		assertEvidence(readOnly(promoted(PRIMARY, 2, FOLLOWED), standby(MIRROR, 2)),
				"primary UP WRITABLE; mirror UP READ_ONLY");
	}

	private static void assertEvidence(PolicyScenario scenario, String evidence) {
		assertThat(scenario.decide())
			.hasValueSatisfying((decision) -> assertThat(decision.evidence()).isEqualTo(evidence));
	}

}
