package dev.failover.it.faults;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import dev.failover.Condition.Kind;
import dev.failover.Failover;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.OperationRefusedException;
import dev.failover.RouteChange;
import dev.failover.embedded.StopMode;
import dev.failover.it.ServerSql;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of operations on the route, at right and at wrong moments.
 */
class OperatorFaultTests {

	/** Longer than a promotion takes on a busy machine. */
	private static final String[] PATIENCE = { "spring.datasource.hikari.connection-timeout=30000",
			"failover.switchover.drain-timeout=20s" };

	private static final Node PRIMARY = new Node("primary");

	private static final Node MIRROR = new Node("mirror");

	@Test
	void aSwitchoverFailsNoCall() throws Exception {
		Scenario.of(FaultGroup.PEOPLE, "operator switches over, and the mirror is promoted")
			.with(PATIENCE)
			.fault((context) -> switchOver(context, false, (drained) -> {
			}))
			.then(ScenarioContext::awaitRecovery)
			.then(ScenarioContext::awaitReady)
			.expect(Expectation.changes(1, 1, Mode.FAILED_OVER).failures(0).ready(true))
			.run();
	}

	/**
	 * The cluster manager stops the old primary first, and takes its time.
	 */
	@Test
	void aSwitchoverWhosePromotionTakesLongerThanDetectionFailsNoCall() throws Exception {
		Scenario.of(FaultGroup.PEOPLE, "operator switches over, and the promotion takes longer than detection")
			.with(PATIENCE)
			.fault((context) -> switchOver(context, false, (drained) -> {
				drained.primary().stop(StopMode.FAST);
				drained.outlastDetection();
			}))
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.changes(1, 1, Mode.FAILED_OVER).failures(0).condition(Kind.DOWN, "primary"))
			.run();
	}

	@Test
	void aSwitchoverToAMirrorThatLagsNeedsForceAndLosesNothing() throws Exception {
		Scenario.of(FaultGroup.PEOPLE, "operator switches over to a mirror that lags: refused, then forced")
			.with("failover.replication.max-lag=1s")
			.with(PATIENCE)
			.fault((context) -> ServerSql.pauseReplay(context.mirror()))
			.then((context) -> context.awaitCondition(Kind.LAGGING, "mirror"))
			.then((context) -> assertRefused(failover(context).switchover(MIRROR, false, "alice"),
					"LAGGING of node 'mirror'"))
			.then((context) -> switchOver(context, true, (drained) -> ServerSql.resumeReplay(drained.mirror())))
			.then(ScenarioContext::awaitRecovery)
			.then(ScenarioContext::awaitReady)
			.expect(Expectation.changes(1, 1, Mode.FAILED_OVER).failures(0).ready(true))
			.run();
	}

	@Test
	void aSwitchoverWithoutAPromotionIsAbandoned() throws Exception {
		Scenario.of(FaultGroup.PEOPLE, "operator switches over, and the mirror is not promoted")
			.on(PairOptions.SYNCHRONOUS)
			.with("failover.switchover.drain-timeout=100ms")
			.fault((context) -> assertRefused(failover(context).switchover(MIRROR, false, "alice"),
					"did not accept writes in time"))
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.noChange().failures(0).ready(true))
			.run();
	}

	@Test
	void aPausedRouteStaysUntilItIsResumed() throws Exception {
		Scenario.of(FaultGroup.PEOPLE, "operator pauses the route, primary killed and mirror promoted, then resumes")
			.fault((context) -> {
				failover(context).pause("alice").get(5, TimeUnit.SECONDS);
				context.primary().kill();
			})
			.then((context) -> context.await("promoted", () -> context.mirror().isWritable()))
			.then(ScenarioContext::outlastDetection)
			.then((context) -> assertThat(context.epoch()).isOne())
			.then((context) -> failover(context).resume("alice").get(5, TimeUnit.SECONDS))
			.then((context) -> context.awaitMode(Mode.FAILED_OVER))
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.changes(1, 1, Mode.FAILED_OVER).condition(Kind.PAUSED).condition(Kind.DOWN, "primary"))
			.run();
	}

	@Test
	void aFailbackIsRefusedWhileThePrimaryIsDown() throws Exception {
		Scenario.of(FaultGroup.PEOPLE, "operator fails back while the primary is down, and again when it follows")
			.fault((context) -> context.primary().kill())
			.then((context) -> context.awaitMode(Mode.FAILED_OVER))
			.then((context) -> assertRefused(failover(context).failback("alice"), "DOWN"))
			.then((context) -> context.primary().rejoin())
			.then(ScenarioContext::awaitReady)
			.then(ScenarioContext::awaitRecovery)
			.then((context) -> {
				CompletableFuture<RouteChange> failback = failover(context).failback("alice");
				context.await("drained", () -> failover(context).pool(MIRROR).active() == 0);
				context.primary().promote();
				failback.get(30, TimeUnit.SECONDS);
			})
			.then((context) -> context.awaitMode(Mode.NORMAL))
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.changes(2, 3, Mode.NORMAL))
			.run();
	}

	@Test
	void aFailbackToADivergedPrimaryIsRefused() throws Exception {
		Scenario.of(FaultGroup.PEOPLE, "operator fails back to a primary whose timeline diverged")
			.on(PairOptions.SYNCHRONOUS)
			.onItsOwnPair()
			.fault((context) -> context.primary().kill())
			.then((context) -> context.mirror().promoteAlone())
			.then((context) -> context.awaitMode(Mode.FAILED_OVER))
			.then((context) -> context.primary().start())
			.then((context) -> context.awaitCondition(Kind.DIVERGED, "primary"))
			.then((context) -> assertRefused(failover(context).failback("alice"), "DIVERGED of node 'primary'"))
			.then(ScenarioContext::outlastDetection)
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.changes(1, 2, Mode.FAILED_OVER).ready(false).condition(Kind.DIVERGED, "primary"))
			.run();
	}

	private static Failover failover(ScenarioContext context) {
		return context.application().failover();
	}

	private static void switchOver(ScenarioContext context, boolean force, Scenario.Action whenDrained)
			throws Exception {
		CompletableFuture<RouteChange> switchover = failover(context).switchover(MIRROR, force, "alice");
		context.await("drained", () -> failover(context).pool(PRIMARY).active() == 0);
		whenDrained.perform(context);
		context.mirror().promote();
		switchover.get(Duration.ofSeconds(30).toSeconds(), TimeUnit.SECONDS);
	}

	private static void assertRefused(CompletableFuture<RouteChange> operation, String reason) {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> operation.get(40, TimeUnit.SECONDS))
			.withCauseInstanceOf(OperationRefusedException.class)
			.withMessageContaining(reason);
	}

}
