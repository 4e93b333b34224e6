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

	private static final String MAY_LACK = ", and may lack some of it";

	@Test
	void saysHowThePromotedServerContinuesTheLeader() {
		assertEvidence(readOnly(down(PRIMARY), promoted(MIRROR, 2, FOLLOWED)),
				"primary DOWN (08001 refused); mirror UP WRITABLE; history " + history(2) + " continues " + history(1)
						+ (tellsWhatIsMissing() ? "" : MAY_LACK));
	}

	@Test
	void saysHowMuchAPromotedServerLacks() {
		String lacks = tellsWhatIsMissing()
				? " and lacks [1-9]\\d* of its log, in the unit of positions: commits there are lost" : MAY_LACK;
		assertThat(readOnly(down(PRIMARY), promotedTooEarly(MIRROR, 2, FOLLOWED)).decide())
			.hasValueSatisfying((decision) -> assertThat(decision.evidence()).matches(".* continues .*" + lacks));
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

	/**
	 * Returns whether the database counts what a promoted server lacks.
	 */
	private static boolean tellsWhatIsMissing() {
		return history(2).compare(history(1)).lacks() != null;
	}

	private static void assertEvidence(PolicyScenario scenario, String evidence) {
		assertThat(scenario.decide())
			.hasValueSatisfying((decision) -> assertThat(decision.evidence()).isEqualTo(evidence));
	}

}
