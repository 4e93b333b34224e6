package dev.failover.it.faults;

import java.time.Duration;

import dev.failover.Condition.Kind;
import dev.failover.Mode;
import dev.failover.embedded.StopMode;
import org.junit.jupiter.api.Test;

/**
 * Tests of several faults, one after another or together.
 */
class ManyFaultTests {

	@Test
	void theRouteLeavesAFlappingPrimaryAndReturnsAfterEachMinimumStay() throws Exception {
		int rounds = FaultDurations.areLong() ? 20 : 3;
		Scenario flapping = Scenario
			.of(FaultGroup.MANY, "primary unreachable every 3 s, " + rounds + " times, each time for a second")
			.with("failover.failback.min-stay=2s");
		for (int i = 0; i < rounds; i++) {
			flapping.fault((context) -> context.primary().link().reset())
				.then((context) -> context.letPass(Duration.ofSeconds(1)))
				.then((context) -> context.primary().link().heal())
				.then((context) -> context.letPass(Duration.ofSeconds(2)));
		}
		flapping.then((context) -> context.awaitMode(Mode.NORMAL))
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.changes(2, 2 * rounds, Mode.NORMAL))
			.run();
	}

	@Test
	void afterTheLossOfBothNodesWorkContinuesWhenThePrimaryReturnsFirst() throws Exception {
		bothLost("both nodes lost, primary back first", (context) -> {
			context.primary().start();
			context.awaitMode(Mode.NORMAL);
			context.awaitRecovery();
			context.mirror().start();
		});
	}

	@Test
	void afterTheLossOfBothNodesReadsContinueWhenTheMirrorReturnsFirst() throws Exception {
		bothLost("both nodes lost, mirror back first", (context) -> {
			context.mirror().start();
			context.awaitMode(Mode.READ_ONLY);
			context.awaitReadRecovery();
			context.primary().start();
		});
	}

	private static void bothLost(String name, Scenario.Action back) throws Exception {
		Scenario.of(FaultGroup.MANY, name).on(PairOptions.SYNCHRONOUS).fault((context) -> {
			context.mirror().kill();
			context.primary().kill();
		})
			.then((context) -> context.awaitMode(Mode.UNAVAILABLE))
			.then(back)
			.then((context) -> context.awaitMode(Mode.NORMAL))
			.then(ScenarioContext::awaitReady)
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.changes(2, 4, Mode.NORMAL).ready(true))
			.run();
	}

	@Test
	void anApplicationThatStartsWithoutItsPrimaryServesReadsAndLaterWrites() throws Exception {
		Scenario.of(FaultGroup.MANY, "application starts while the primary is down")
			.on(PairOptions.SYNCHRONOUS)
			.faultBeforeStart((context) -> context.primary().kill())
			.then((context) -> context.awaitMode(Mode.READ_ONLY))
			.then(ScenarioContext::awaitReadRecovery)
			.then((context) -> context.primary().start())
			.then((context) -> context.awaitMode(Mode.NORMAL))
			.then(ScenarioContext::awaitRecovery)
			.then(ScenarioContext::awaitReady)
			.expect(Expectation.changes(1, 1, Mode.NORMAL).ready(true))
			.run();
	}

	@Test
	void anApplicationThatStartsWithoutItsMirrorIsReadyWhenItReturns() throws Exception {
		Scenario.of(FaultGroup.MANY, "application starts while the mirror is down")
			.on(PairOptions.SYNCHRONOUS)
			.faultBeforeStart((context) -> context.mirror().stop(StopMode.FAST))
			.then((context) -> context.awaitCondition(Kind.DOWN, "mirror"))
			.then(ScenarioContext::awaitRecovery)
			.then((context) -> context.mirror().start())
			.then(ScenarioContext::awaitReady)
			.expect(Expectation.noChange().failures(0).ready(true).condition(Kind.DOWN, "mirror"))
			.run();
	}

}
