package dev.failover.internal.policy;

import java.time.Duration;

import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.Role;
import dev.failover.stub.GenerationHistory;
import org.junit.jupiter.api.Test;

import static dev.failover.NodeStatusFixture.CLUSTER;
import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static dev.failover.NodeStatusFixture.standby;
import static dev.failover.NodeStatusFixture.up;
import static dev.failover.NodeStatusFixture.writable;
import static dev.failover.internal.policy.PolicyScenario.startup;

/**
 * Tests for {@link Policy}: two writable servers before the first decision.
 */
final class PolicyWatchTests {

	private static final Node THIRD = new Node("third");

	private static final Duration ONE_SECOND = Duration.ofSeconds(1);

	private final PolicyScenario both = startup(writable(PRIMARY, 1), writable(MIRROR, 2));

	@Test
	void waitsUntilTheOlderServerWasWatched() {
		this.both.rivalsFor(Eligibility.WATCH.minusMillis(1)).assertStays();
	}

	@Test
	void startsOnTheNewerServerIfTheLogOfTheOlderOneDoesNotGrow() {
		this.both.rivalsFor(Eligibility.WATCH).assertMoves(Mode.FAILED_OVER, MIRROR, MIRROR, Cause.STARTUP);
	}

	@Test
	void startsOnTheOlderServerIfItsLogGrows() {
		this.both.rivalsFor(Eligibility.WATCH, PRIMARY).assertMoves(Mode.NORMAL, PRIMARY, PRIMARY, Cause.STARTUP);
	}

	@Test
	void startsAtOnceOnTheNewerServerThatAnotherNodeFollows() {
		this.both.and(standby(THIRD, 2))
			.rivalsFor(ONE_SECOND)
			.assertMoves(Mode.FAILED_OVER, MIRROR, MIRROR, Cause.STARTUP);
	}

	@Test
	void waitsIfTheOtherNodeFollowsTheOlderServer() {
		this.both.and(standby(THIRD, 1)).rivalsFor(ONE_SECOND).assertStays();
	}

	@Test
	void waitsIfTheOtherNodeFollowsAnotherServer() {
		this.both.and(standby(THIRD, 3)).rivalsFor(ONE_SECOND).assertStays();
	}

	@Test
	void waitsIfTheOtherNodeDoesNotTellWhichServerItFollows() {
		this.both.and(up(THIRD, Role.READ_ONLY, new GenerationHistory(CLUSTER, null), null))
			.rivalsFor(ONE_SECOND)
			.assertStays();
	}

}
