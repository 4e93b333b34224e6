package dev.failover.it.faults;

import dev.failover.Mode;
import org.junit.jupiter.api.Test;

/**
 * Many fail-overs in a row leave nothing behind. {@code -Dfailover.soak.failovers=1000}
 * makes them many more.
 */
class RepeatedFailoverTests {

	private static final int FAILOVERS = Integer.getInteger("failover.soak.failovers", 12);

	@Test
	void failoversInARowLeakNoThreadConnectionOrDescriptor() throws Exception {
		Scenario.of(Group.MANY, "primary lost to reads and writes, and back, " + FAILOVERS + " times in a row")
			.with("failover.failback.min-stay=0s", "failover.detection.interval=50ms",
					"failover.detection.recovery-threshold=1")
			.fault(RepeatedFailoverTests::failOverAndBack)
			.then(Stage::awaitWhole)
			.expect(Expectation.changes(2 * FAILOVERS, 2 * FAILOVERS, Mode.NORMAL))
			.run();
	}

	private static void failOverAndBack(Stage stage) throws Exception {
		failOverAndBack(stage, 1);
		stage.await("both pools are full", () -> Leaks.now(stage.pair()).fullPools());
		Leaks before = Leaks.now(stage.pair());
		failOverAndBack(stage, FAILOVERS - 1);
		stage.await("nothing leaked since " + before, () -> Leaks.now(stage.pair()).within(before));
	}

	private static void failOverAndBack(Stage stage, int times) {
		for (int i = 0; i < times; i++) {
			stage.mark();
			stage.primary().link().reset();
			stage.awaitMode(Mode.READ_ONLY);
			stage.awaitReadsWhole();
			stage.primary().link().heal();
			stage.awaitMode(Mode.NORMAL);
			stage.awaitWhole();
		}
	}

}
