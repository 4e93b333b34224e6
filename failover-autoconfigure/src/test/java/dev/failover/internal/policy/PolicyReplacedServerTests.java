package dev.failover.internal.policy;

import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.NodeStatus;
import dev.failover.Role;
import org.junit.jupiter.api.Test;

import static dev.failover.NodeStatusFixture.FOLLOWED;
import static dev.failover.NodeStatusFixture.foreign;
import static dev.failover.NodeStatusFixture.foreignHistory;
import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.NOW;
import static dev.failover.NodeStatusFixture.on;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static dev.failover.NodeStatusFixture.promoted;
import static dev.failover.NodeStatusFixture.standby;
import static dev.failover.NodeStatusFixture.up;
import static dev.failover.NodeStatusFixture.writable;
import static dev.failover.internal.policy.PolicyScenario.INDEPENDENT;
import static dev.failover.internal.policy.PolicyScenario.failedOver;
import static dev.failover.internal.policy.PolicyScenario.normal;

/**
 * Tests for {@link Policy}: another server, or other data, behind the node that takes
 * writes.
 */
class PolicyReplacedServerTests {

	@Test
	void startsAnotherEpochOnceAnotherServerLeadsBehindTheSameNode() {
		normal(on(promoted(PRIMARY, 2, FOLLOWED), "b"), standby(MIRROR, 2)).ledBy("a")
			.assertMoves(Mode.NORMAL, PRIMARY, PRIMARY, Cause.ROLE_CHANGED);
	}

	@Test
	void keepsTheEpochWhereEachNodeHasAHistoryOfItsOwn() {
		normal(on(promoted(PRIMARY, 2, FOLLOWED), "b"), foreign(MIRROR)).ledBy("a").with(INDEPENDENT).assertStays();
	}

	@Test
	void staysWithTheServerWhoseReadingIsOlderThanAnEarlierOne() {
		failedOver(standby(PRIMARY, 2), on(writable(MIRROR, 1), "a")).ledBy("a").assertStays();
	}

	@Test
	void leavesANodeThatShowsAnotherDatabase() {
		NodeStatus other = up(PRIMARY, Role.WRITABLE, foreignHistory(), null);
		normal(other, standby(MIRROR, 1)).assertMoves(Mode.READ_ONLY, null, MIRROR, Cause.ROLE_CHANGED);
		normal(on(other, "b"), standby(MIRROR, 1)).ledBy("a")
			.assertMoves(Mode.READ_ONLY, null, MIRROR, Cause.ROLE_CHANGED);
	}

	@Test
	void staysWithTheNextServerBehindTheNodeBesideANewerOne() {
		normal(on(promoted(PRIMARY, 2, FOLLOWED), "b"), on(promoted(MIRROR, 3, FOLLOWED), "c")).ledBy("a")
			.assertMoves(Mode.NORMAL, PRIMARY, PRIMARY, Cause.ROLE_CHANGED);
	}

	@Test
	void leavesAServerThatHasToldLaterUnderAnotherNameThatItIsReadOnly() {
		normal(on(promoted(PRIMARY, 2, FOLLOWED), "b", NOW.minusSeconds(1)), on(standby(MIRROR, 2), "b")).ledBy("a")
			.assertMoves(Mode.READ_ONLY, null, MIRROR, Cause.ROLE_CHANGED);
	}

}
