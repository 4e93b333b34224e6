package dev.failover.internal.policy;

import java.time.Duration;
import java.util.stream.Stream;

import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.Replication;
import dev.failover.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.failover.NodeStatusFixture.FOLLOWED;
import static dev.failover.NodeStatusFixture.foreignHistory;
import static dev.failover.NodeStatusFixture.IN_STEP;
import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.NOW;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static dev.failover.NodeStatusFixture.down;
import static dev.failover.NodeStatusFixture.promoted;
import static dev.failover.NodeStatusFixture.promotedTooEarly;
import static dev.failover.NodeStatusFixture.sample;
import static dev.failover.NodeStatusFixture.standby;
import static dev.failover.NodeStatusFixture.unverified;
import static dev.failover.NodeStatusFixture.unusable;
import static dev.failover.NodeStatusFixture.up;
import static dev.failover.NodeStatusFixture.writable;
import static dev.failover.internal.policy.PolicyScenario.MULTI_WRITER;
import static dev.failover.internal.policy.PolicyScenario.failedOver;
import static dev.failover.internal.policy.PolicyScenario.normal;
import static dev.failover.internal.policy.PolicyScenario.readOnly;
import static dev.failover.internal.policy.PolicyScenario.startup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link Policy}: nodes that are not eligible, and paused automatic changes.
 */
class PolicyRefusalTests {

	@ParameterizedTest(name = "{0}")
	@MethodSource("pauses")
	void keepsTheRoute(String name, PolicyScenario scenario) {
		scenario.assertStays();
	}

	/**
	 * No connection that could write leads to a node that may not take writes.
	 */
	@ParameterizedTest(name = "{0}")
	@MethodSource("refusals")
	void aRefusedNodeThatAcceptsWritesServesNoReadsEither(String name, PolicyScenario scenario) {
		scenario.assertMoves(Mode.UNAVAILABLE, null, null, Cause.NODE_RETURNED);
	}

	@Test
	void aReturnedPrimaryOfAnotherClusterIsRefused() {
		readOnly(up(PRIMARY, Role.WRITABLE, foreignHistory(), null), standby(MIRROR, 1)).assertStays();
	}

	@Test
	void aPromotedMirrorOfUnknownLagTakesOverIfItNeedNotBeVerified() {
		readOnly(down(PRIMARY), promoted(MIRROR, 2, unverified(null))).withoutVerification()
			.assertMoves(Mode.FAILED_OVER, MIRROR, MIRROR, Cause.ROLE_CHANGED);
	}

	@Test
	void aMirrorOfAnotherDatabaseTakesOverIfItNeedNotBeVerified() {
		readOnly(down(PRIMARY), up(MIRROR, Role.WRITABLE, foreignHistory(), FOLLOWED)).withoutVerification()
			.assertMoves(Mode.FAILED_OVER, MIRROR, MIRROR, Cause.ROLE_CHANGED);
	}

	@Test
	void thePrimaryMayBeAnotherDatabaseOfAnyLagIfItNeedNotBeVerified() {
		readOnly(up(PRIMARY, Role.WRITABLE, foreignHistory(), unverified(Duration.ofSeconds(11))), standby(MIRROR, 1))
			.withoutVerification()
			.assertMoves(Mode.NORMAL, PRIMARY, PRIMARY, Cause.NODE_RETURNED);
	}

	/**
	 * The leader is deposed, so what the promoted server lacks will be thrown away in any
	 * case.
	 */
	@Test
	void aPromotedMirrorThatLacksSomeTakesOverFromALeaderThatMustNotBeUsed() {
		normal(unusable(PRIMARY), promotedTooEarly(MIRROR, 2, null)).deposed(1)
			.assertMoves(Mode.FAILED_OVER, MIRROR, MIRROR, Cause.ROLE_CHANGED);
	}

	static Stream<Arguments> refusals() {
		Replication behind = unverified(Duration.ofSeconds(11));
		Replication old = sample(false, Duration.ofSeconds(1), NOW.minusSeconds(10));
		return Stream.of(
				arguments("promoted mirror: lag unknown",
						readOnly(down(PRIMARY), promotedTooEarly(MIRROR, 2, unverified(null)))),
				arguments("promoted mirror: never sampled", readOnly(down(PRIMARY), promotedTooEarly(MIRROR, 2, null))),
				arguments("promoted mirror: lag too large",
						readOnly(down(PRIMARY), promotedTooEarly(MIRROR, 2, unverified(Duration.ofMillis(10_001))))),
				arguments("promoted mirror: sample too old", readOnly(down(PRIMARY), promotedTooEarly(MIRROR, 2, old))),
				arguments("promoted mirror: of another cluster",
						readOnly(down(PRIMARY), up(MIRROR, Role.WRITABLE, foreignHistory(), FOLLOWED))),
				arguments("promoted mirror: of another cluster, lag too large, verification off",
						readOnly(down(PRIMARY), up(MIRROR, Role.WRITABLE, foreignHistory(), behind))
							.withoutVerification()),
				arguments("promoted mirror: promoted while the leader went on",
						readOnly(down(PRIMARY), promoted(MIRROR, 2, FOLLOWED)).ledBy("a", "mirror")),
				arguments("promoted mirror: history unknown",
						readOnly(down(PRIMARY), up(MIRROR, Role.WRITABLE, null, FOLLOWED))),
				arguments("promoted mirror: writable without a promotion",
						readOnly(down(PRIMARY), promotedTooEarly(MIRROR, 1, FOLLOWED))));
	}

	static Stream<Arguments> pauses() {
		return Stream.of(arguments("paused: at start", startup(writable(PRIMARY, 1), standby(MIRROR, 1)).paused()),
				arguments("paused: the primary is lost", normal(down(PRIMARY), standby(MIRROR, 1)).paused()),
				arguments("paused: the mirror is promoted",
						readOnly(down(PRIMARY), promoted(MIRROR, 2, FOLLOWED)).paused()),
				arguments("paused: the primary returns", readOnly(writable(PRIMARY, 1), standby(MIRROR, 1)).paused()),
				arguments("paused: failback is due",
						failedOver(promoted(PRIMARY, 2, IN_STEP), writable(MIRROR, 2)).with(MULTI_WRITER).paused()));
	}

	@Test
	void aSampleDoesNotAgeAfterTheLeaderLastAnswered() {
		Replication atTheLoss = sample(false, Duration.ofSeconds(1), NOW);
		PolicyScenario scenario = readOnly(down(PRIMARY), promoted(MIRROR, 2, atTheLoss));
		Situation was = scenario.situation();
		Situation hoursLater = new Situation(was.route(), was.nodes(), was.leadership(), was.rivalry(), false,
				was.flaps(), NOW.plus(Duration.ofHours(5)));
		assertThat(new PolicyScenario(scenario.settings(), hoursLater).decide()).isPresent();
	}

}
