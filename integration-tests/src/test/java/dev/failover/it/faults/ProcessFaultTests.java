package dev.failover.it.faults;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.failover.Condition;
import dev.failover.Condition.Kind;
import dev.failover.Mode;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.StopMode;
import dev.failover.it.ServerSql;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of server processes that are killed, stopped, frozen or slow to start.
 */
class ProcessFaultTests {

	@Test
	void afterAKillReadsContinueAndWritesFollowThePromotion() throws Exception {
		lost("`kill -9` of the postmaster and all its children", (context) -> context.primary().kill());
	}

	/**
	 * The server's other processes run on for a moment, without the one that sends the
	 * log to the mirror. What they acknowledge then is not on the mirror, so the server
	 * is started again instead of a promotion.
	 */
	@Test
	void afterAKillOfThePostmasterAloneReadsContinueUntilTheServerReturns() throws Exception {
		Scenario.of(FaultGroup.PROCESS, "`kill -9` of the postmaster alone; the server is started again")
			.on(PairOptions.SYNCHRONOUS)
			.fault((context) -> ServerProcesses
				.signal(ServerProcesses.postmaster(context.primary(), context.pair().username()), "KILL"))
			.then((context) -> context.awaitMode(Mode.READ_ONLY))
			.then(ScenarioContext::awaitReadRecovery)
			.then((context) -> PairCache.revive(context.primary()))
			.then((context) -> context.awaitMode(Mode.NORMAL))
			.then(ScenarioContext::awaitReady)
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.changes(2, 2, Mode.NORMAL).ready(true))
			.run();
	}

	@Test
	void afterAFastStopReadsContinueAndWritesFollowThePromotion() throws Exception {
		lost("fast stop", (context) -> context.primary().stop(StopMode.FAST));
	}

	@Test
	void afterAnImmediateStopReadsContinueAndWritesFollowThePromotion() throws Exception {
		lost("immediate stop", (context) -> context.primary().stop(StopMode.IMMEDIATE));
	}

	@Test
	void theRouteLeavesAFrozenPrimary() throws Exception {
		lost("freeze; the mirror is promoted after 1 s", (context) -> context.primary().freeze());
	}

	@Test
	void aMirrorPromotedBeforeTheFreezeIsDetectedIsNoSplitBrain() throws Exception {
		Scenario.of(FaultGroup.PROCESS, "freeze; the mirror is promoted before the freeze is detected")
			.on(PairOptions.SYNCHRONOUS)
			.fault((context) -> context.primary().freeze())
			.then((context) -> context.letPass(Duration.ofMillis(300)))
			.then((context) -> context.mirror().promoteAlone())
			.then((context) -> context.awaitMode(Mode.FAILED_OVER))
			.then(ScenarioContext::awaitRecovery)
			.then((context) -> assertThat(context.log().conditions()).extracting(Condition::kind)
				.doesNotContain(Kind.SPLIT_BRAIN))
			.expect(Expectation.changes(1, 2, Mode.FAILED_OVER))
			.run();
	}

	private static void lost(String name, Scenario.Action fault) throws Exception {
		Scenario.of(FaultGroup.PROCESS, name)
			.fault(fault)
			.then((context) -> context.awaitMode(Mode.FAILED_OVER))
			.then(ScenarioContext::awaitRecovery)
			.then((context) -> PairCache.revive(context.primary()))
			.then((context) -> context.primary().rejoin())
			.then(ScenarioContext::awaitReady)
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.changes(1, 2, Mode.FAILED_OVER).ready(true))
			.run();
	}

	@Test
	void aServerThatRestartsWithinASecondCausesAtMostOneFailover() throws Exception {
		Scenario.of(FaultGroup.PROCESS, "restart in under a second")
			.fault((context) -> context.primary().restart())
			.then((context) -> context.awaitMode(Mode.NORMAL))
			.then(ScenarioContext::awaitRecovery)
			.then(ScenarioContext::awaitReady)
			.expect(Expectation.changes(0, 2, Mode.NORMAL).ready(true))
			.run();
	}

	@Test
	void afterAKillOfOneBackendTheServerReturnsByItself() throws Exception {
		Scenario.of(FaultGroup.PROCESS, "`kill -9` of one backend: the server restarts by itself")
			.on(PairOptions.SYNCHRONOUS)
			.fault((context) -> context.primary()
				.killBackend(ServerProcesses.backends(context.primary(), context.pair().username()).get(0)))
			.then(ScenarioContext::awaitRecovery)
			.then((context) -> context.awaitMode(Mode.NORMAL))
			.then(ScenarioContext::awaitReady)
			.expect(Expectation.changes(0, 2, Mode.NORMAL).ready(true))
			.run();
	}

	@Test
	void clientsContinueWhileASmartStopWaitsForThem() throws Exception {
		Scenario.of(FaultGroup.PROCESS, "smart stop: pending while clients are connected")
			.on(PairOptions.SYNCHRONOUS)
			.onItsOwnPair()
			.fault((context) -> context.primary().stop(StopMode.SMART))
			.then(ScenarioContext::outlastDetection)
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.noChange().failures(0))
			.run();
	}

	@Test
	void theRouteStaysDuringAFreezeShorterThanTheDeadline() throws Exception {
		Scenario.of(FaultGroup.PROCESS, "freeze for 0.5 s")
			.fault((context) -> context.primary().freeze())
			.then((context) -> context.letPass(Duration.ofMillis(500)))
			.then((context) -> context.primary().thaw())
			.then(ScenarioContext::awaitRecovery)
			.then(ScenarioContext::outlastDetection)
			.expect(Expectation.noChange().failures(0).ready(true))
			.run();
	}

	@Test
	void theRouteReturnsToThePrimaryAfterALongFreezeWithoutAPromotion() throws Exception {
		Duration time = FaultDurations.choose(Duration.ofSeconds(30), Duration.ofSeconds(4));
		Scenario.of(FaultGroup.PROCESS, "freeze for " + time.toSeconds() + " s; no promotion")
			.on(PairOptions.SYNCHRONOUS)
			.fault((context) -> context.primary().freeze())
			.then((context) -> context.awaitMode(Mode.READ_ONLY))
			.then(ScenarioContext::awaitReadRecovery)
			.then((context) -> context.letPass(time.minusSeconds(2)))
			.then((context) -> context.primary().thaw())
			.then((context) -> context.awaitMode(Mode.NORMAL))
			.then(ScenarioContext::awaitRecovery)
			.then(ScenarioContext::awaitReady)
			.expect(Expectation.changes(2, 2, Mode.NORMAL).ready(true))
			.run();
	}

	@Test
	void theRouteReturnsToAServerThatTakesSecondsToStart() throws Exception {
		Scenario.of(FaultGroup.PROCESS, "start-up that takes 2 s (57P03) after `kill -9`; no promotion")
			.on(PairOptions.SYNCHRONOUS)
			.prepare(ProcessFaultTests::writeLog)
			.fault((context) -> context.primary().kill())
			.then((context) -> context.awaitMode(Mode.READ_ONLY))
			.then(ProcessFaultTests::startSlowly)
			.then((context) -> context.awaitMode(Mode.NORMAL))
			.then(ScenarioContext::awaitRecovery)
			.then(ScenarioContext::awaitReady)
			.expect(Expectation.changes(2, 2, Mode.NORMAL).ready(true))
			.run();
	}

	/**
	 * Writes so much log that recovery takes long enough to be found and suspended.
	 */
	private static void writeLog(ScenarioContext context) throws SQLException {
		ServerSql.execute(context.primary(), "create table if not exists bulk (line text)",
				"insert into bulk select repeat('x', 900) from generate_series(1, 40000)", "truncate bulk");
	}

	private static void startSlowly(ScenarioContext context) throws Exception {
		EmbeddedNode primary = context.primary();
		CompletableFuture<Void> start = CompletableFuture.runAsync(primary::start);
		context.await("recovery", () -> ServerProcesses.recovering(primary).isPresent() || start.isDone());
		ProcessHandle recovery = ServerProcesses.recovering(primary).orElseThrow();
		ServerProcesses.signal(recovery.pid(), "STOP");
		try {
			context.await("57P03",
					() -> String.valueOf(context.application().node("primary").lastProbe()).contains("57P03"));
			context.letPass(Duration.ofSeconds(2));
		}
		finally {
			ServerProcesses.signal(recovery.pid(), "CONT");
		}
		start.get(60, TimeUnit.SECONDS);
	}

}
