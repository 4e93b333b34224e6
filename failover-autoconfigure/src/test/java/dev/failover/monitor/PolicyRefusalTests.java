package dev.failover.monitor;

import java.time.Duration;
import java.util.stream.Stream;

import dev.failover.topology.Replication;
import dev.failover.topology.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.failover.monitor.NodeFixture.FOLLOWED;
import static dev.failover.monitor.NodeFixture.FOREIGN;
import static dev.failover.monitor.NodeFixture.IN_STEP;
import static dev.failover.monitor.NodeFixture.MIRROR;
import static dev.failover.monitor.NodeFixture.NOW;
import static dev.failover.monitor.NodeFixture.PRIMARY;
import static dev.failover.monitor.NodeFixture.down;
import static dev.failover.monitor.NodeFixture.promoted;
import static dev.failover.monitor.NodeFixture.sample;
import static dev.failover.monitor.NodeFixture.standby;
import static dev.failover.monitor.NodeFixture.unverified;
import static dev.failover.monitor.NodeFixture.up;
import static dev.failover.monitor.NodeFixture.writable;
import static dev.failover.monitor.Scene.MULTI_WRITER;
import static dev.failover.monitor.Scene.failedOver;
import static dev.failover.monitor.Scene.normal;
import static dev.failover.monitor.Scene.readOnly;
import static dev.failover.monitor.Scene.startup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * What is not eligible takes no work, and a hold stops all of it.
 */
final class PolicyRefusalTests {

	@ParameterizedTest(name = "{0}")
	@MethodSource({ "refusals", "holds" })
	void doesNotMove(String name, Scene scene) {
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
				arguments("promoted mirror: identity unknown",
						readOnly(down(PRIMARY), up(MIRROR, Role.WRITABLE, null, FOLLOWED))),
				arguments("promoted mirror: writable without a promotion",
						readOnly(down(PRIMARY), promoted(MIRROR, 1, FOLLOWED))),
				arguments("promoted mirror: lag unknown though nobody verifies",
						readOnly(down(PRIMARY), promoted(MIRROR, 2, unverified(null))).withoutVerification()),
				arguments("returned primary: of another cluster",
						readOnly(up(PRIMARY, Role.WRITABLE, FOREIGN, null), standby(MIRROR, 1))));
	}

	static Stream<Arguments> holds() {
		return Stream.of(arguments("held: at start", startup(writable(PRIMARY, 1), standby(MIRROR, 1)).held()),
				arguments("held: the primary is lost", normal(down(PRIMARY), standby(MIRROR, 1)).held()),
				arguments("held: the mirror is promoted",
						readOnly(down(PRIMARY), promoted(MIRROR, 2, FOLLOWED)).held()),
				arguments("held: the primary returns", readOnly(writable(PRIMARY, 1), standby(MIRROR, 1)).held()),
				arguments("held: failback is due",
						failedOver(promoted(PRIMARY, 2, IN_STEP), writable(MIRROR, 2)).with(MULTI_WRITER).held()));
	}

	@Test
	void aSampleCountsAsOfTheMomentWhenTheLeaderLastAnswered() {
		Replication atTheLoss = sample(false, Duration.ofSeconds(1), NOW);
		Scene scene = readOnly(down(PRIMARY), promoted(MIRROR, 2, atTheLoss));
		Situation was = scene.situation();
		Situation hoursLater = new Situation(was.route(), was.nodes(), was.leader(), was.lineage(), was.splitBrain(),
				false, was.flaps(), NOW.plus(Duration.ofHours(5)));
		assertThat(new Scene(scene.settings(), hoursLater).decide()).isPresent();
	}

}
