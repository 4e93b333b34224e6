package dev.failover.it.faults;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.OperationRefusedException;
import dev.failover.RouteChange;
import dev.failover.internal.engine.FailoverRuntime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Operators steer the route, at the right moment and at the wrong one.
 */
class OperatorFaultTests {

	private static final Node PRIMARY = new Node("primary");

	private static final Node MIRROR = new Node("mirror");

	@Test
	void aSwitchoverFailsNoCall() throws Exception {
		Scenario.of(Group.PEOPLE, "operator switches over, and the database's own manager with him")
			.fault((stage) -> switchOver(stage, false, (drained) -> {
			}))
			.then(Stage::awaitWhole)
			.then(Stage::awaitReady)
			.expect(Expectation.changes(1, 1, Mode.FAILED_OVER).failures(0).ready(true))
			.run();
	}

	@Test
	void aSwitchoverToAMirrorThatLagsNeedsForceAndLosesNothing() throws Exception {
		Scenario.of(Group.PEOPLE, "operator switches over to a mirror that lags: refused, then forced")
			.with("failover.replication.max-lag=1s")
			.fault((stage) -> Stage.sql(stage.mirror(), "select pg_wal_replay_pause()"))
			.then((stage) -> stage.awaitCondition("LAGGING of node 'mirror'"))
			.then((stage) -> refused(runtime(stage).switchover(MIRROR, false, "alice"), "LAGGING of node 'mirror'"))
			.then((stage) -> switchOver(stage, true,
					(drained) -> Stage.sql(drained.mirror(), "select pg_wal_replay_resume()")))
			.then(Stage::awaitWhole)
			.then(Stage::awaitReady)
			.expect(Expectation.changes(1, 1, Mode.FAILED_OVER).failures(0).ready(true))
			.run();
	}

	@Test
	void aSwitchoverThatNobodyPromotesForIsGivenUp() throws Exception {
		Scenario.of(Group.PEOPLE, "operator switches over, and nobody promotes the mirror")
			.on(PairOptions.SYNCHRONOUS)
			.with("failover.switchover.drain-timeout=100ms")
			.fault((stage) -> refused(runtime(stage).switchover(MIRROR, false, "alice"), "did not take writes in time"))
			.then(Stage::awaitWhole)
			.expect(Expectation.noChange().failures(0).ready(true))
			.run();
	}

	@Test
	void aHoldKeepsTheRouteUntilItIsReleased() throws Exception {
		Scenario.of(Group.PEOPLE, "operator holds the route, primary killed and mirror promoted, then released")
			.fault((stage) -> {
				runtime(stage).pause("alice").get(5, TimeUnit.SECONDS);
				stage.primary().kill();
			})
			.then((stage) -> stage.await("promoted", () -> stage.mirror().isWritable()))
			.then(Stage::remainUndetected)
			.then((stage) -> assertThat(stage.epoch()).isOne())
			.then((stage) -> runtime(stage).resume("alice").get(5, TimeUnit.SECONDS))
			.then((stage) -> stage.awaitMode(Mode.FAILED_OVER))
			.then(Stage::awaitWhole)
			.expect(Expectation.changes(1, 1, Mode.FAILED_OVER).conditions("PAUSED", "DOWN of node 'primary'"))
			.run();
	}

	@Test
	void aFailbackToAPrimaryThatIsDownIsRefused() throws Exception {
		Scenario.of(Group.PEOPLE, "operator fails back while the primary is down, and again when it follows")
			.fault((stage) -> stage.primary().kill())
			.then((stage) -> stage.awaitMode(Mode.FAILED_OVER))
			.then((stage) -> refused(runtime(stage).failback("alice"), "DOWN"))
			.then((stage) -> stage.primary().rejoin())
			.then(Stage::awaitReady)
			.then(Stage::awaitWhole)
			.then((stage) -> {
				CompletableFuture<RouteChange> failback = runtime(stage).failback("alice");
				stage.await("drained", () -> runtime(stage).pool(MIRROR).active() == 0);
				stage.primary().promote();
				failback.get(30, TimeUnit.SECONDS);
			})
			.then((stage) -> stage.awaitMode(Mode.NORMAL))
			.then(Stage::awaitWhole)
			.expect(Expectation.changes(2, 3, Mode.NORMAL))
			.run();
	}

	@Test
	void aFailbackToAPrimaryWithAHistoryOfItsOwnIsRefused() throws Exception {
		Scenario.of(Group.PEOPLE, "operator fails back to a primary whose timeline diverged")
			.on(PairOptions.SYNCHRONOUS)
			.onItsOwnPair()
			.fault((stage) -> stage.primary().kill())
			.then((stage) -> stage.mirror().promoteAlone())
			.then((stage) -> stage.awaitMode(Mode.FAILED_OVER))
			.then((stage) -> stage.primary().start())
			.then((stage) -> stage.awaitCondition("DIVERGED of node 'primary'"))
			.then((stage) -> refused(runtime(stage).failback("alice"), "DIVERGED of node 'primary'"))
			.then(Stage::remainUndetected)
			.then(Stage::awaitWhole)
			.expect(Expectation.changes(1, 2, Mode.FAILED_OVER).ready(false).conditions("DIVERGED of node 'primary'"))
			.run();
	}

	private static FailoverRuntime runtime(Stage stage) {
		return stage.application().bean(FailoverRuntime.class);
	}

	private static void switchOver(Stage stage, boolean force, Step whenDrained) throws Exception {
		CompletableFuture<RouteChange> switchover = runtime(stage).switchover(MIRROR, force, "alice");
		stage.await("drained", () -> runtime(stage).pool(PRIMARY).active() == 0);
		whenDrained.on(stage);
		stage.mirror().promote();
		switchover.get(Duration.ofSeconds(30).toSeconds(), TimeUnit.SECONDS);
	}

	private static void refused(CompletableFuture<RouteChange> operation, String reason) {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> operation.get(40, TimeUnit.SECONDS))
			.withCauseInstanceOf(OperationRefusedException.class)
			.withMessageContaining(reason);
	}

}
