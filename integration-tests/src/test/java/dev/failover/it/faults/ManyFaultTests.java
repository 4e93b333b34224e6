package dev.failover.it.faults;

import java.time.Duration;

import dev.failover.Mode;
import dev.failover.embedded.StopMode;
import org.junit.jupiter.api.Test;

/**
 * Faults that come one after another, or together.
 */
class ManyFaultTests {

	@Test
	void aPrimaryThatFlapsIsLeftAndUsedAgainEachTimeItHasProvenItself() throws Exception {
		int rounds = LongRun.wanted() ? 20 : 3;
		Scenario flapping = Scenario
			.of(Group.MANY, "primary unreachable every 3 s, " + rounds + " times, each time for a second")
			.with("failover.failback.min-stay=2s");
		for (int i = 0; i < rounds; i++) {
			flapping.fault((stage) -> stage.primary().link().reset())
				.then((stage) -> stage.remain(Duration.ofSeconds(1)))
				.then((stage) -> stage.primary().link().heal())
				.then((stage) -> stage.remain(Duration.ofSeconds(2)));
		}
		flapping.then((stage) -> stage.awaitMode(Mode.NORMAL))
			.then(Stage::awaitWhole)
			.expect(Expectation.changes(2, 2 * rounds, Mode.NORMAL))
			.run();
	}

	@Test
	void whenBothAreLostAndThePrimaryComesBackFirstAllGoesOn() throws Exception {
		bothLost("both nodes lost, primary back first", (stage) -> {
			stage.primary().start();
			stage.awaitMode(Mode.NORMAL);
			stage.awaitWhole();
			stage.mirror().start();
		});
	}

	@Test
	void whenBothAreLostAndTheMirrorComesBackFirstReadsGoOnFirst() throws Exception {
		bothLost("both nodes lost, mirror back first", (stage) -> {
			stage.mirror().start();
			stage.awaitMode(Mode.READ_ONLY);
			stage.awaitReadsWhole();
			stage.primary().start();
		});
	}

	private static void bothLost(String name, Step back) throws Exception {
		Scenario.of(Group.MANY, name).on(PairOptions.SYNCHRONOUS).fault((stage) -> {
			stage.mirror().kill();
			stage.primary().kill();
		})
			.then((stage) -> stage.awaitMode(Mode.UNAVAILABLE))
			.then(back)
			.then((stage) -> stage.awaitMode(Mode.NORMAL))
			.then(Stage::awaitReady)
			.then(Stage::awaitWhole)
			.expect(Expectation.changes(2, 4, Mode.NORMAL).ready(true))
			.run();
	}

	@Test
	void anApplicationThatStartsWithoutItsPrimaryServesReadsAndWritesLater() throws Exception {
		Scenario.of(Group.MANY, "application starts while the primary is down")
			.on(PairOptions.SYNCHRONOUS)
			.before((stage) -> stage.primary().kill())
			.then((stage) -> stage.awaitMode(Mode.READ_ONLY))
			.then(Stage::awaitReadsWhole)
			.then((stage) -> stage.primary().start())
			.then((stage) -> stage.awaitMode(Mode.NORMAL))
			.then(Stage::awaitWhole)
			.then(Stage::awaitReady)
			.expect(Expectation.changes(1, 1, Mode.NORMAL).ready(true))
			.run();
	}

	@Test
	void anApplicationThatStartsWithoutItsMirrorIsReadyLater() throws Exception {
		Scenario.of(Group.MANY, "application starts while the mirror is down")
			.on(PairOptions.SYNCHRONOUS)
			.before((stage) -> stage.mirror().stop(StopMode.FAST))
			.then((stage) -> stage.awaitCondition("DOWN of node 'mirror'"))
			.then(Stage::awaitWhole)
			.then((stage) -> stage.mirror().start())
			.then(Stage::awaitReady)
			.expect(Expectation.noChange().failures(0).ready(true).conditions("DOWN of node 'mirror'"))
			.run();
	}

}
