package dev.failover.monitor;

import java.time.Duration;
import java.util.stream.Stream;

import dev.failover.topology.BreakerState;
import dev.failover.topology.Cause;
import dev.failover.topology.Identity;
import dev.failover.topology.Mode;
import dev.failover.topology.Node;
import dev.failover.topology.Replication;
import dev.failover.topology.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.failover.monitor.NodeFixture.CLUSTER;
import static dev.failover.monitor.NodeFixture.MIRROR;
import static dev.failover.monitor.NodeFixture.NOW;
import static dev.failover.monitor.NodeFixture.PRIMARY;
import static dev.failover.monitor.NodeFixture.down;
import static dev.failover.monitor.NodeFixture.foreign;
import static dev.failover.monitor.NodeFixture.impaired;
import static dev.failover.monitor.NodeFixture.neverSeen;
import static dev.failover.monitor.NodeFixture.promoted;
import static dev.failover.monitor.NodeFixture.sample;
import static dev.failover.monitor.NodeFixture.standby;
import static dev.failover.monitor.NodeFixture.unknown;
import static dev.failover.monitor.NodeFixture.unverified;
import static dev.failover.monitor.NodeFixture.up;
import static dev.failover.monitor.NodeFixture.verified;
import static dev.failover.monitor.NodeFixture.with;
import static dev.failover.monitor.NodeFixture.writable;
import static dev.failover.monitor.Scene.INDEPENDENT;
import static dev.failover.monitor.Scene.MULTI_WRITER;
import static dev.failover.monitor.Scene.failedOver;
import static dev.failover.monitor.Scene.normal;
import static dev.failover.monitor.Scene.readOnly;
import static dev.failover.monitor.Scene.startup;
import static dev.failover.monitor.Scene.unavailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * The transition table of the policy.
 */
final class PolicyTests {

	private static final Replication IN_STEP = verified(Duration.ZERO);

	private static final Replication FOLLOWED = unverified(Duration.ZERO);

	private static final Identity FOREIGN = new Identity("1111111111111111111", 9L);

	@ParameterizedTest(name = "{0}")
	@MethodSource({ "starts", "losses", "promotions", "returns", "failovers", "multiWriter" })
	void moves(String name, Scene scene, Mode mode, @Nullable Node writes, @Nullable Node reads, Cause cause) {
		assertThat(scene.decide()).hasValueSatisfying((decision) -> {
			assertThat(decision.mode()).isEqualTo(mode);
			assertThat(decision.writes()).isEqualTo(writes);
			assertThat(decision.reads()).isEqualTo(reads);
			assertThat(decision.cause()).isEqualTo(cause);
			assertThat(decision.evidence()).contains("primary", "mirror");
		});
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource({ "waitsAtStart", "stays", "refusals", "holds", "multiWriterStays" })
	void doesNotMove(String name, Scene scene) {
		assertThat(scene.decide()).isEmpty();
	}

	static Stream<Arguments> starts() {
		return Stream.of(
				arguments("start: both are well", startup(writable(PRIMARY, 1), standby(MIRROR, 1, null)), Mode.NORMAL,
						PRIMARY, PRIMARY, Cause.STARTUP),
				arguments("start: the mirror is down", startup(writable(PRIMARY, 1), neverSeen(MIRROR)), Mode.NORMAL,
						PRIMARY, PRIMARY, Cause.STARTUP),
				arguments("start: the primary is down", startup(neverSeen(PRIMARY), standby(MIRROR, 1, null)),
						Mode.READ_ONLY, null, MIRROR, Cause.STARTUP),
				arguments("start: the mirror was promoted earlier", startup(neverSeen(PRIMARY), writable(MIRROR, 2)),
						Mode.FAILED_OVER, MIRROR, MIRROR, Cause.STARTUP),
				arguments("start: the mirror was promoted earlier, the primary follows it",
						startup(standby(PRIMARY, 2, null), writable(MIRROR, 2)), Mode.FAILED_OVER, MIRROR, MIRROR,
						Cause.STARTUP),
				arguments("start: both writable, the mirror was promoted later",
						startup(writable(PRIMARY, 1), writable(MIRROR, 2)), Mode.FAILED_OVER, MIRROR, MIRROR,
						Cause.STARTUP),
				arguments("start: both writable, none is newer", startup(writable(PRIMARY, 2), writable(MIRROR, 2)),
						Mode.NORMAL, PRIMARY, PRIMARY, Cause.STARTUP),
				arguments("start: the primary is down, the mirror writable but never promoted",
						startup(neverSeen(PRIMARY), writable(MIRROR, 1)), Mode.UNAVAILABLE, null, null, Cause.STARTUP),
				arguments("start: the same, and nobody asks for proof",
						startup(neverSeen(PRIMARY), writable(MIRROR, 1)).withoutVerification(), Mode.FAILED_OVER,
						MIRROR, MIRROR, Cause.STARTUP),
				arguments("start: the mirror is a copy of another primary and newer",
						startup(writable(PRIMARY, 1), up(MIRROR, Role.WRITABLE, FOREIGN, null)), Mode.NORMAL, PRIMARY,
						PRIMARY, Cause.STARTUP),
				arguments("start: both are down", startup(neverSeen(PRIMARY), neverSeen(MIRROR)), Mode.UNAVAILABLE,
						null, null, Cause.STARTUP),
				arguments("start: both are standbys", startup(standby(PRIMARY, 1, null), standby(MIRROR, 1, null)),
						Mode.READ_ONLY, null, PRIMARY, Cause.STARTUP),
				arguments("start: the primary is impaired", startup(impaired(PRIMARY), standby(MIRROR, 1, null)),
						Mode.NORMAL, PRIMARY, PRIMARY, Cause.STARTUP),
				arguments("start: the primary is impaired, the mirror was promoted",
						startup(impaired(PRIMARY), writable(MIRROR, 2)), Mode.FAILED_OVER, MIRROR, MIRROR,
						Cause.STARTUP),
				arguments("start: the primary is impaired and forced open",
						startup(with(impaired(PRIMARY), BreakerState.FORCED_OPEN), standby(MIRROR, 1, null)),
						Mode.READ_ONLY, null, MIRROR, Cause.STARTUP));
	}

	static Stream<Arguments> waitsAtStart() {
		return Stream.of(arguments("start: nothing is known", startup(unknown(PRIMARY), unknown(MIRROR))),
				arguments("start: the primary has answered only", startup(writable(PRIMARY, 1), unknown(MIRROR))),
				arguments("start: the mirror has answered only", startup(unknown(PRIMARY), writable(MIRROR, 2))));
	}

	static Stream<Arguments> losses() {
		return Stream.of(
				arguments("the primary is lost", normal(down(PRIMARY), standby(MIRROR, 1)), Mode.READ_ONLY, null,
						MIRROR, Cause.NODE_LOST),
				arguments("the primary is forced open",
						normal(with(writable(PRIMARY, 1), BreakerState.FORCED_OPEN), standby(MIRROR, 1)),
						Mode.READ_ONLY, null, MIRROR, Cause.NODE_LOST),
				arguments("the primary is lost, the mirror promoted already",
						normal(down(PRIMARY), promoted(MIRROR, 2, FOLLOWED)), Mode.FAILED_OVER, MIRROR, MIRROR,
						Cause.NODE_LOST),
				arguments("both are lost", normal(down(PRIMARY), down(MIRROR)), Mode.UNAVAILABLE, null, null,
						Cause.NODE_LOST),
				arguments("the primary is lost, the lag of the mirror unknown",
						normal(down(PRIMARY), standby(MIRROR, 1, verified(null))), Mode.UNAVAILABLE, null, null,
						Cause.NODE_LOST),
				arguments("the primary is lost, the mirror never sampled",
						normal(down(PRIMARY), standby(MIRROR, 1, null)), Mode.UNAVAILABLE, null, null, Cause.NODE_LOST),
				arguments("the primary is lost, the mirror is a foreigner",
						normal(down(PRIMARY), up(MIRROR, Role.READ_ONLY, FOREIGN, IN_STEP)), Mode.UNAVAILABLE, null,
						null, Cause.NODE_LOST),
				arguments("the primary is lost, the role of the mirror unknown",
						normal(down(PRIMARY), up(MIRROR, Role.UNKNOWN, new Identity(CLUSTER, 1L), IN_STEP)),
						Mode.UNAVAILABLE, null, null, Cause.NODE_LOST),
				arguments("the primary is lost, the mirror impaired", normal(down(PRIMARY), impaired(MIRROR)),
						Mode.UNAVAILABLE, null, null, Cause.NODE_LOST),
				arguments("the primary is lost, a mirror that nobody verifies is in step",
						normal(down(PRIMARY), up(MIRROR, Role.READ_ONLY, FOREIGN, FOLLOWED)).withoutVerification(),
						Mode.READ_ONLY, null, MIRROR, Cause.NODE_LOST),
				arguments("the mirror is lost while it serves reads", readOnly(down(PRIMARY), down(MIRROR)),
						Mode.UNAVAILABLE, null, null, Cause.NODE_LOST),
				arguments("the primary is demoted", normal(standby(PRIMARY, 1), standby(MIRROR, 1)), Mode.READ_ONLY,
						null, PRIMARY, Cause.ROLE_CHANGED),
				arguments("the roles are switched", normal(standby(PRIMARY, 2), promoted(MIRROR, 2, FOLLOWED)),
						Mode.FAILED_OVER, MIRROR, MIRROR, Cause.ROLE_CHANGED),
				arguments("of three nodes the next serves reads",
						normal(down(PRIMARY), down(MIRROR)).and(standby(new Node("third"), 1)), Mode.READ_ONLY, null,
						new Node("third"), Cause.NODE_LOST));
	}

	static Stream<Arguments> promotions() {
		return Stream.of(
				arguments("the mirror is promoted", readOnly(down(PRIMARY), promoted(MIRROR, 2, FOLLOWED)),
						Mode.FAILED_OVER, MIRROR, MIRROR, Cause.ROLE_CHANGED),
				arguments("the mirror is promoted, and still verified",
						readOnly(down(PRIMARY), promoted(MIRROR, 2, IN_STEP)), Mode.FAILED_OVER, MIRROR, MIRROR,
						Cause.ROLE_CHANGED),
				arguments("a mirror that nobody verifies is promoted",
						readOnly(down(PRIMARY), up(MIRROR, Role.WRITABLE, null, FOLLOWED)).withoutVerification(),
						Mode.FAILED_OVER, MIRROR, MIRROR, Cause.ROLE_CHANGED),
				arguments("primary returns while the mirror is promoted: the newer one leads",
						readOnly(writable(PRIMARY, 1), promoted(MIRROR, 2, FOLLOWED)), Mode.FAILED_OVER, MIRROR, MIRROR,
						Cause.ROLE_CHANGED),
				arguments("of three nodes the promoted one takes the writes",
						readOnly(down(PRIMARY), standby(MIRROR, 1)).and(promoted(new Node("third"), 2, FOLLOWED)),
						Mode.FAILED_OVER, new Node("third"), new Node("third"), Cause.ROLE_CHANGED));
	}

	static Stream<Arguments> returns() {
		return Stream.of(
				arguments("the primary returns", readOnly(writable(PRIMARY, 1), standby(MIRROR, 1)), Mode.NORMAL,
						PRIMARY, PRIMARY, Cause.NODE_RETURNED),
				arguments("the primary returns, the mirror is lost", unavailable(writable(PRIMARY, 1), down(MIRROR)),
						Mode.NORMAL, PRIMARY, PRIMARY, Cause.NODE_RETURNED),
				arguments("the mirror returns, the primary is lost", unavailable(down(PRIMARY), standby(MIRROR, 1)),
						Mode.READ_ONLY, null, MIRROR, Cause.NODE_RETURNED),
				arguments("the primary returns after its first flap",
						readOnly(writable(PRIMARY, 1), standby(MIRROR, 1)).after(Duration.ofMillis(2500), 1),
						Mode.NORMAL, PRIMARY, PRIMARY, Cause.NODE_RETURNED),
				arguments("the primary returns after its third flap",
						readOnly(writable(PRIMARY, 1), standby(MIRROR, 1)).after(Duration.ofSeconds(10), 3),
						Mode.NORMAL, PRIMARY, PRIMARY, Cause.NODE_RETURNED),
				arguments("damping is never long",
						readOnly(writable(PRIMARY, 1), standby(MIRROR, 1)).after(Duration.ofSeconds(10), 60),
						Mode.NORMAL, PRIMARY, PRIMARY, Cause.NODE_RETURNED),
				arguments("damping does not hold up a promotion",
						readOnly(down(PRIMARY), promoted(MIRROR, 2, FOLLOWED)).after(Duration.ZERO, 9),
						Mode.FAILED_OVER, MIRROR, MIRROR, Cause.ROLE_CHANGED));
	}

	static Stream<Arguments> failovers() {
		return Stream.of(
				arguments("the old primary follows and the mirror is lost",
						failedOver(standby(PRIMARY, 2), down(MIRROR)), Mode.READ_ONLY, null, PRIMARY, Cause.NODE_LOST),
				arguments("the old primary follows and is promoted",
						failedOver(promoted(PRIMARY, 3, FOLLOWED), down(MIRROR)), Mode.NORMAL, PRIMARY, PRIMARY,
						Cause.NODE_LOST),
				arguments("the roles are switched back", failedOver(promoted(PRIMARY, 3, FOLLOWED), standby(MIRROR, 3)),
						Mode.NORMAL, PRIMARY, PRIMARY, Cause.ROLE_CHANGED),
				arguments("the promoted mirror is demoted again", failedOver(down(PRIMARY), standby(MIRROR, 2)),
						Mode.READ_ONLY, null, MIRROR, Cause.ROLE_CHANGED),
				arguments("the mirror is lost, the primary came back diverged",
						failedOver(promoted(PRIMARY, 1, FOLLOWED), down(MIRROR)), Mode.UNAVAILABLE, null, null,
						Cause.NODE_LOST));
	}

	static Stream<Arguments> stays() {
		return Stream.of(arguments("all is well", normal(writable(PRIMARY, 1), standby(MIRROR, 1))),
				arguments("the primary is impaired", normal(impaired(PRIMARY), standby(MIRROR, 1))),
				arguments("the role of the primary is unknown",
						normal(up(PRIMARY, Role.UNKNOWN, null, null), standby(MIRROR, 1))),
				arguments("the breaker of the dead primary is disabled",
						normal(down(PRIMARY, BreakerState.DISABLED), promoted(MIRROR, 2, FOLLOWED))),
				arguments("the mirror is lost", normal(writable(PRIMARY, 1), down(MIRROR))),
				arguments("the primary is lost, the mirror not promoted yet",
						readOnly(down(PRIMARY), standby(MIRROR, 1))),
				arguments("the primary is half open",
						readOnly(with(writable(PRIMARY, 1), BreakerState.HALF_OPEN), standby(MIRROR, 1))),
				arguments("the primary returns impaired", readOnly(impaired(PRIMARY), standby(MIRROR, 1))),
				arguments("split brain: two nodes are writable",
						normal(writable(PRIMARY, 1), promoted(MIRROR, 2, FOLLOWED))),
				arguments("split brain: the old primary is back and newer",
						failedOver(promoted(PRIMARY, 3, FOLLOWED), writable(MIRROR, 2))),
				arguments("failed over: the old primary is back and diverged",
						failedOver(writable(PRIMARY, 1), writable(MIRROR, 2))),
				arguments("failed over: the old primary follows", failedOver(standby(PRIMARY, 2), writable(MIRROR, 2))),
				arguments("failed over: the old primary is down", failedOver(down(PRIMARY), writable(MIRROR, 2))),
				arguments("nothing serves and nothing returns", unavailable(down(PRIMARY), down(MIRROR))),
				arguments("a flapping primary is back too soon",
						readOnly(writable(PRIMARY, 1), standby(MIRROR, 1)).after(Duration.ofMillis(2499), 1)),
				arguments("a primary that flapped twice proves itself twice as long",
						readOnly(writable(PRIMARY, 1), standby(MIRROR, 1)).after(Duration.ofMillis(4999), 2)),
				arguments("damping is bounded, for nothing is written meanwhile",
						readOnly(writable(PRIMARY, 1), standby(MIRROR, 1)).after(Duration.ofMillis(9_999), 60)));
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

	static Stream<Arguments> multiWriter() {
		return Stream.of(
				arguments("multi-writer: the primary is lost",
						normal(down(PRIMARY), promoted(MIRROR, 1, IN_STEP)).with(MULTI_WRITER), Mode.FAILED_OVER,
						MIRROR, MIRROR, Cause.NODE_LOST),
				arguments("multi-writer: failback after the minimum stay",
						failedOver(promoted(PRIMARY, 2, IN_STEP), writable(MIRROR, 2)).with(MULTI_WRITER)
							.after(Scene.MIN_STAY, 0),
						Mode.NORMAL, PRIMARY, PRIMARY, Cause.FAILBACK),
				arguments("multi-writer: failback after a stay doubled twice",
						failedOver(promoted(PRIMARY, 2, IN_STEP), writable(MIRROR, 2)).with(MULTI_WRITER)
							.after(Scene.MIN_STAY.multipliedBy(4), 2),
						Mode.NORMAL, PRIMARY, PRIMARY, Cause.FAILBACK),
				arguments("multi-writer: the mirror is lost before the minimum stay",
						failedOver(promoted(PRIMARY, 2, IN_STEP), down(MIRROR)).with(MULTI_WRITER)
							.after(Duration.ofSeconds(1), 0),
						Mode.NORMAL, PRIMARY, PRIMARY, Cause.NODE_LOST),
				arguments("two writers that nobody compares: the primary is lost",
						normal(down(PRIMARY), foreign(MIRROR)).with(INDEPENDENT), Mode.FAILED_OVER, MIRROR, MIRROR,
						Cause.NODE_LOST),
				arguments("two writers that nobody compares: failback after the minimum stay",
						failedOver(promoted(PRIMARY, 1, null), foreign(MIRROR)).with(INDEPENDENT)
							.after(Scene.MIN_STAY, 0),
						Mode.NORMAL, PRIMARY, PRIMARY, Cause.FAILBACK));
	}

	static Stream<Arguments> multiWriterStays() {
		Scene back = failedOver(promoted(PRIMARY, 2, IN_STEP), writable(MIRROR, 2)).with(MULTI_WRITER);
		return Stream
			.of(arguments("multi-writer: before the minimum stay", back.after(Duration.ofMillis(29_999), 0)),
					arguments("multi-writer: before a stay doubled twice", back.after(Duration.ofMillis(119_999),
							2)),
					arguments("multi-writer: manual failback", back.after(Duration.ofDays(1), 0).withManualFailback()),
					arguments("multi-writer: both take writes, and the primary has them",
							normal(writable(PRIMARY, 1), promoted(MIRROR, 1, IN_STEP)).with(MULTI_WRITER)),
					arguments("multi-writer: the primary is not caught up",
							failedOver(promoted(PRIMARY, 2, verified(Duration.ofSeconds(11))), writable(MIRROR, 2))
								.with(MULTI_WRITER)
								.after(Duration.ofDays(1), 0)),
					arguments("multi-writer: the primary is read-only",
							failedOver(standby(PRIMARY, 2), writable(MIRROR, 2)).with(MULTI_WRITER)
								.after(Duration.ofDays(1), 0)));
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

	@Test
	void evidenceNamesStatesRolesAndErrors() {
		assertThat(normal(down(PRIMARY), standby(MIRROR, 1)).decide())
			.hasValueSatisfying((decision) -> assertThat(decision.evidence())
				.isEqualTo("primary DOWN (08001 refused); mirror UP READ_ONLY"));
	}

}
