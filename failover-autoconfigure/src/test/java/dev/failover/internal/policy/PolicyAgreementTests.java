package dev.failover.internal.policy;

import java.util.Optional;

import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.Role;
import org.junit.jupiter.api.Test;

import static dev.failover.NodeStatusFixture.foreignHistory;
import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.NOW;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static dev.failover.NodeStatusFixture.down;
import static dev.failover.NodeStatusFixture.foreign;
import static dev.failover.NodeStatusFixture.on;
import static dev.failover.NodeStatusFixture.promoted;
import static dev.failover.NodeStatusFixture.standby;
import static dev.failover.NodeStatusFixture.unverified;
import static dev.failover.NodeStatusFixture.up;
import static dev.failover.NodeStatusFixture.writable;
import static dev.failover.internal.policy.PolicyScenario.failedOver;
import static dev.failover.internal.policy.PolicyScenario.normal;
import static dev.failover.internal.policy.PolicyScenario.readOnly;
import static dev.failover.internal.policy.PolicyScenario.startup;
import static dev.failover.internal.policy.PolicyScenario.unavailable;
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
		NodeStatus earlier = on(standby(PRIMARY, 2), null, NOW.minusSeconds(61));
		assertThat(readOnly(earlier, promoted(MIRROR, 2, unverified(null))).decide())
			.hasValueSatisfying((decision) -> assertThat(decision.writes()).isNull());
	}

	@Test
	void refusesWritesToAServerThatHasToldLaterThatItIsReadOnly() {
		NodeStatus earlier = on(writable(PRIMARY, 2), "server", NOW.minusSeconds(1));
		NodeStatus later = on(standby(MIRROR, 2), "server");
		assertThat(readOnly(earlier, later).decide())
			.satisfies((decision) -> assertThat(decision.map(Decision::writes)).isNotEqualTo(Optional.of(PRIMARY)));
	}

	@Test
	void followsAnotherDatabaseOnceAllNodesAreOnIt() {
		readOnly(up(PRIMARY, Role.READ_ONLY, foreignHistory(), null), up(MIRROR, Role.WRITABLE, foreignHistory(), null))
			.assertMoves(Mode.FAILED_OVER, MIRROR, MIRROR, Cause.ROLE_CHANGED);
	}

	@Test
	void followsAnotherDatabaseOnceAllNamesLeadToItsOnlyServer() {
		PolicyScenario replaced = normal(on(foreign(PRIMARY), "b"), on(foreign(MIRROR), "b")).ledBy("a");
		replaced.assertMoves(Mode.NORMAL, PRIMARY, PRIMARY, Cause.ROLE_CHANGED);
		assertThat(replaced.decide()).hasValueSatisfying(
				(decision) -> assertThat(decision.evidence()).contains("the cluster was replaced or restored"));
		unavailable(on(foreign(PRIMARY), "b"), on(foreign(MIRROR), "b")).assertMoves(Mode.NORMAL, PRIMARY, PRIMARY,
				Cause.NODE_RETURNED);
	}

	@Test
	void doesNotFollowAnotherDatabaseWhileAnyNameMayLeadElsewhere() {
		unavailable(on(foreign(PRIMARY), "b"), down(MIRROR)).assertStays();
		unavailable(foreign(PRIMARY), foreign(MIRROR)).assertStays();
		unavailable(on(foreign(PRIMARY), "b"), on(foreign(MIRROR), "b", NOW.minusSeconds(61))).assertStays();
		unavailable(on(foreign(PRIMARY), "b", NOW.minusSeconds(61)), on(foreign(MIRROR), "b")).assertStays();
	}

	@Test
	void doesNotFollowTheOnlyServerOfAllNamesIfItLacksDataOfTheLeader() {
		failedOver(on(writable(PRIMARY, 1), "b"), on(writable(MIRROR, 1), "b")).ledBy("a")
			.assertMoves(Mode.UNAVAILABLE, null, null, Cause.ROLE_CHANGED);
	}

	@Test
	void doesNotAgreeWhileANodeIsStillOnTheLineage() {
		readOnly(standby(PRIMARY, 1), writable(MIRROR, 1)).assertMoves(Mode.READ_ONLY, null, PRIMARY,
				Cause.NODE_RETURNED);
	}

	@Test
	void startsOnTheNewestOfSeveralMirrors() {
		Node other = new Node("mirror-2");
		assertThat(startup(standby(PRIMARY, 1, null), writable(MIRROR, 2)).and(writable(other, 3)).decide())
			.hasValueSatisfying((decision) -> assertThat(decision.writes()).isEqualTo(other));
	}

}
