package dev.failover.it.faults;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.failover.Mode;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.StopMode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The database's processes die, stop, hang, or take their time.
 */
class ProcessFaultTests {

	@Test
	void afterAKillReadsGoOnAndWritesFollowThePromotion() throws Exception {
		lost("`kill -9` of the postmaster and all its children", (stage) -> stage.primary().kill());
	}

	/**
	 * Its orphans go on for a moment, the one that feeds the mirror does not: a manager
	 * cannot know what they acknowledged meanwhile, so the server is started again.
	 */
	@Test
	void afterAKillOfThePostmasterAloneReadsGoOnUntilTheServerIsBack() throws Exception {
		Scenario.of(Group.PROCESS, "`kill -9` of the postmaster alone; the server is started again")
			.on(PairOptions.SYNCHRONOUS)
			.fault((stage) -> ServerProcesses
				.signal(ServerProcesses.postmaster(stage.primary(), stage.pair().username()), "KILL"))
			.then((stage) -> stage.awaitMode(Mode.READ_ONLY))
			.then(Stage::awaitReadsWhole)
			.then((stage) -> Pairs.revive(stage.primary()))
			.then((stage) -> stage.awaitMode(Mode.NORMAL))
			.then(Stage::awaitReady)
			.then(Stage::awaitWhole)
			.expect(Expectation.changes(2, 2, Mode.NORMAL).ready(true))
			.run();
	}

	@Test
	void afterAFastStopReadsGoOnAndWritesFollowThePromotion() throws Exception {
		lost("fast stop", (stage) -> stage.primary().stop(StopMode.FAST));
	}

	@Test
	void afterAnImmediateStopReadsGoOnAndWritesFollowThePromotion() throws Exception {
		lost("immediate stop", (stage) -> stage.primary().stop(StopMode.IMMEDIATE));
	}

	@Test
	void aFrozenPrimaryIsLeftLikeADeadOne() throws Exception {
		lost("freeze; the mirror is promoted after 1 s", (stage) -> stage.primary().freeze());
	}

	@Test
	void aMirrorPromotedBeforeTheFreezeIsKnownIsNoSplitBrain() throws Exception {
		Scenario.of(Group.PROCESS, "freeze; the mirror is promoted before the freeze is known")
			.on(PairOptions.SYNCHRONOUS)
			.fault((stage) -> stage.primary().freeze())
			.then((stage) -> stage.remain(Duration.ofMillis(300)))
			.then((stage) -> stage.mirror().promoteAlone())
			.then((stage) -> stage.awaitMode(Mode.FAILED_OVER))
			.then(Stage::awaitWhole)
			.then((stage) -> assertThat(stage.log().conditions()).doesNotContain("SPLIT_BRAIN"))
			.expect(Expectation.changes(1, 2, Mode.FAILED_OVER))
			.run();
	}

	private static void lost(String name, Step fault) throws Exception {
		Scenario.of(Group.PROCESS, name)
			.fault(fault)
			.then((stage) -> stage.awaitMode(Mode.FAILED_OVER))
			.then(Stage::awaitWhole)
			.then((stage) -> Pairs.revive(stage.primary()))
			.then((stage) -> stage.primary().rejoin())
			.then(Stage::awaitReady)
			.then(Stage::awaitWhole)
			.expect(Expectation.changes(1, 2, Mode.FAILED_OVER).ready(true))
			.run();
	}

	@Test
	void aServerThatRestartsWithinASecondIsBackWithoutFlapping() throws Exception {
		Scenario.of(Group.PROCESS, "restart in under a second")
			.fault((stage) -> stage.primary().restart())
			.then((stage) -> stage.awaitMode(Mode.NORMAL))
			.then(Stage::awaitWhole)
			.then(Stage::awaitReady)
			.expect(Expectation.changes(0, 2, Mode.NORMAL).ready(true))
			.run();
	}

	@Test
	void afterAKillOfOneBackendTheServerComesBackByItself() throws Exception {
		Scenario.of(Group.PROCESS, "`kill -9` of one backend: the server restarts by itself")
			.on(PairOptions.SYNCHRONOUS)
			.fault((stage) -> stage.primary()
				.killBackend(ServerProcesses.backends(stage.primary(), stage.pair().username()).get(0)))
			.then(Stage::awaitWhole)
			.then((stage) -> stage.awaitMode(Mode.NORMAL))
			.then(Stage::awaitReady)
			.expect(Expectation.changes(0, 2, Mode.NORMAL).ready(true))
			.run();
	}

	@Test
	void whileASmartStopWaitsForItsClientsTheyGoOn() throws Exception {
		Scenario.of(Group.PROCESS, "smart stop: pending while clients are connected")
			.on(PairOptions.SYNCHRONOUS)
			.onItsOwnPair()
			.fault((stage) -> stage.primary().stop(StopMode.SMART))
			.then(Stage::remainUndetected)
			.then(Stage::awaitWhole)
			.expect(Expectation.noChange().failures(0))
			.run();
	}

	@Test
	void aFreezeShorterThanTheDeadlineChangesNothing() throws Exception {
		Scenario.of(Group.PROCESS, "freeze for 0.5 s")
			.fault((stage) -> stage.primary().freeze())
			.then((stage) -> stage.remain(Duration.ofMillis(500)))
			.then((stage) -> stage.primary().thaw())
			.then(Stage::awaitWhole)
			.then(Stage::remainUndetected)
			.expect(Expectation.noChange().failures(0).ready(true))
			.run();
	}

	@Test
	void afterALongFreezeThePrimaryThatNobodyReplacedIsUsedAgain() throws Exception {
		Duration time = LongRun.orShort(Duration.ofSeconds(30), Duration.ofSeconds(4));
		Scenario.of(Group.PROCESS, "freeze for " + time.toSeconds() + " s; nobody promotes")
			.on(PairOptions.SYNCHRONOUS)
			.fault((stage) -> stage.primary().freeze())
			.then((stage) -> stage.awaitMode(Mode.READ_ONLY))
			.then(Stage::awaitReadsWhole)
			.then((stage) -> stage.remain(time.minusSeconds(2)))
			.then((stage) -> stage.primary().thaw())
			.then((stage) -> stage.awaitMode(Mode.NORMAL))
			.then(Stage::awaitWhole)
			.then(Stage::awaitReady)
			.expect(Expectation.changes(2, 2, Mode.NORMAL).ready(true))
			.run();
	}

	@Test
	void aServerThatTakesSecondsToStartIsWaitedFor() throws Exception {
		Scenario.of(Group.PROCESS, "start-up that takes 2 s (57P03) after `kill -9`; nobody promotes")
			.on(PairOptions.SYNCHRONOUS)
			.prepare(ProcessFaultTests::makeLog)
			.fault((stage) -> stage.primary().kill())
			.then((stage) -> stage.awaitMode(Mode.READ_ONLY))
			.then(ProcessFaultTests::startSlowly)
			.then((stage) -> stage.awaitMode(Mode.NORMAL))
			.then(Stage::awaitWhole)
			.then(Stage::awaitReady)
			.expect(Expectation.changes(2, 2, Mode.NORMAL).ready(true))
			.run();
	}

	/**
	 * Leave enough log behind that recovery takes long enough to be seen and stopped.
	 */
	private static void makeLog(Stage stage) throws SQLException {
		Stage.sql(stage.primary(), "create table if not exists bulk (line text)",
				"insert into bulk select repeat('x', 900) from generate_series(1, 40000)", "truncate bulk");
	}

	private static void startSlowly(Stage stage) throws Exception {
		EmbeddedNode primary = stage.primary();
		CompletableFuture<Void> start = CompletableFuture.runAsync(primary::start);
		stage.await("recovery", () -> ServerProcesses.recovering(primary).isPresent() || start.isDone());
		ProcessHandle recovery = ServerProcesses.recovering(primary).orElseThrow();
		ServerProcesses.signal(recovery.pid(), "STOP");
		try {
			stage.await("57P03",
					() -> String.valueOf(stage.application().node("primary").lastProbe()).contains("57P03"));
			stage.remain(Duration.ofSeconds(2));
		}
		finally {
			ServerProcesses.signal(recovery.pid(), "CONT");
		}
		start.get(60, TimeUnit.SECONDS);
	}

}
