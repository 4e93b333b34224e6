package dev.failover.internal.policy;

import java.time.Duration;
import java.util.stream.Stream;

import dev.failover.Replication;
import dev.failover.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.failover.internal.policy.NodeFixture.FOLLOWED;
import static dev.failover.internal.policy.NodeFixture.FOREIGN;
import static dev.failover.internal.policy.NodeFixture.IN_STEP;
import static dev.failover.internal.policy.NodeFixture.MIRROR;
import static dev.failover.internal.policy.NodeFixture.NOW;
import static dev.failover.internal.policy.NodeFixture.PRIMARY;
import static dev.failover.internal.policy.NodeFixture.down;
import static dev.failover.internal.policy.NodeFixture.promoted;
import static dev.failover.internal.policy.NodeFixture.sample;
import static dev.failover.internal.policy.NodeFixture.standby;
import static dev.failover.internal.policy.NodeFixture.unverified;
import static dev.failover.internal.policy.NodeFixture.up;
import static dev.failover.internal.policy.NodeFixture.writable;
import static dev.failover.internal.policy.PolicyScene.MULTI_WRITER;
import static dev.failover.internal.policy.PolicyScene.failedOver;
import static dev.failover.internal.policy.PolicyScene.normal;
import static dev.failover.internal.policy.PolicyScene.readOnly;
import static dev.failover.internal.policy.PolicyScene.startup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What is not eligible takes no work, and a hold stops all of it.
 */
final class PolicyRefusalTests {

	@ParameterizedTest(name = "{0}")
	@MethodSource({ "refusals", "holds" })
	void doesNotMove(String name, PolicyScene scene) {
		scene.assertStays();
	}

	static Stream<Arguments> refusals() {
		Replication old = sample(false, Duration.ofSeconds(1), NOW.minusSeconds(10));
		return Stream.of(
				arguments("promoted mirror: lag unknown",
						readOnly(down(PRIMARY), promoted(MIRROR, 2, unverified(null)))),
				arguments("promoted mirror: never sampled", readOnly(down(PRIMARY), promoted(MIRROR, 2, null))),
				arguments("promoted mirror: lag too large",
						readOnly(down(PRIMARY), promoted(MIRROR, 2, unverified(Duration.ofMillis(10_001))))),
				arguments("promoted mirror: sample too old", readOnly(down(PRIMARY), promoted(MIRROR, 2, old))),
				arguments("promoted mirror: of another cluster",
						readOnly(down(PRIMARY), up(MIRROR, Role.WRITABLE, FOREIGN, FOLLOWED))),
				arguments("promoted mirror: history unknown",
						readOnly(down(PRIMARY), up(MIRROR, Role.WRITABLE, null, FOLLOWED))),
				arguments("promoted mirror: writable without a promotion",
						readOnly(down(PRIMARY), promoted(MIRROR, 1, FOLLOWED))),
				arguments("promoted mirror: lag unknown, verification off",
						readOnly(down(PRIMARY), promoted(MIRROR, 2, unverified(null))).withoutVerification()),
				arguments("returned primary: of another cluster",
						readOnly(up(PRIMARY, Role.WRITABLE, FOREIGN, null), standby(MIRROR, 1))));
	}

	static Stream<Arguments> holds() {
		return Stream.of(arguments("paused: at start", startup(writable(PRIMARY, 1), standby(MIRROR, 1)).paused()),
				arguments("paused: the primary is lost", normal(down(PRIMARY), standby(MIRROR, 1)).paused()),
				arguments("paused: the mirror is promoted",
						readOnly(down(PRIMARY), promoted(MIRROR, 2, FOLLOWED)).paused()),
				arguments("paused: the primary returns", readOnly(writable(PRIMARY, 1), standby(MIRROR, 1)).paused()),
				arguments("paused: failback is due",
						failedOver(promoted(PRIMARY, 2, IN_STEP), writable(MIRROR, 2)).with(MULTI_WRITER).paused()));
	}

	@Test
	void aSampleCountsAsOfTheMomentWhenTheLeaderLastAnswered() {
		Replication atTheLoss = sample(false, Duration.ofSeconds(1), NOW);
		PolicyScene scene = readOnly(down(PRIMARY), promoted(MIRROR, 2, atTheLoss));
		Situation was = scene.situation();
		Situation hoursLater = new Situation(was.route(), was.nodes(), was.leader(), was.lineage(), was.splitBrain(),
				false, was.flaps(), NOW.plus(Duration.ofHours(5)));
		assertThat(new PolicyScene(scene.settings(), hoursLater).decide()).isPresent();
	}

}
