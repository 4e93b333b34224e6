package dev.failover.it.faults;

import dev.failover.Mode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests of many failovers in a row for leaks. {@code -Dsoak.failovers=1000} sets their
 * number.
 */
class RepeatedFailoverTests {

	private static final int FAILOVERS = Integer.getInteger("soak.failovers", 12);

	@Tag("long")
	@Test
	void failoversInARowLeakNoThreadConnectionOrDescriptor() throws Exception {
		Scenario.of(FaultGroup.MANY, "primary lost to reads and writes, and back, " + FAILOVERS + " times in a row")
			.with("failover.failback.min-stay=0s", "failover.detection.interval=50ms",
					"failover.detection.recovery-threshold=1")
			.fault(RepeatedFailoverTests::failOverAndBack)
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.changes(2 * FAILOVERS, 2 * FAILOVERS, Mode.NORMAL))
			.run();
	}

	private static void failOverAndBack(ScenarioContext context) throws Exception {
		failOverAndBack(context, 1);
		context.await("both pools are full", () -> ResourceUsage.now(context.pair()).hasFullPools());
		ResourceUsage before = ResourceUsage.now(context.pair());
		failOverAndBack(context, FAILOVERS - 1);
		context.await("nothing leaked since " + before, () -> ResourceUsage.now(context.pair()).isWithin(before));
	}

	private static void failOverAndBack(ScenarioContext context, int times) {
		for (int i = 0; i < times; i++) {
			context.mark();
			context.primary().link().reset();
			context.awaitMode(Mode.READ_ONLY);
			context.awaitReadRecovery();
			context.primary().link().heal();
			context.awaitMode(Mode.NORMAL);
			context.awaitRecovery();
		}
	}

}
