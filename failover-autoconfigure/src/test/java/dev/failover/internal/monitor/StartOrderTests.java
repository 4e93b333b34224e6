package dev.failover.internal.monitor;

import java.time.Duration;
import java.util.List;

import dev.failover.BreakerState;
import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.Role;
import dev.failover.Verdict;
import dev.failover.dialect.Reading;
import dev.failover.internal.policy.PolicyScenario;
import dev.failover.internal.policy.PolicySettings;
import dev.failover.stub.GenerationHistory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.failover.NodeStatusFixture.CLUSTER;
import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the first route, which does not depend on the order in which nodes answer.
 */
final class StartOrderTests {

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void thePrimaryIsUsedIfBothNodesAreWritableWithOneGeneration(boolean mirrorFirst) {
		assertThat(start(PolicyScenario.STANDBY, mirrorFirst, 1).route().mode()).isEqualTo(Mode.NORMAL);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void thePrimaryIsUsedInAMultiWriterTopology(boolean mirrorFirst) {
		assertThat(start(PolicyScenario.MULTI_WRITER, mirrorFirst, 1).route().mode()).isEqualTo(Mode.NORMAL);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void theMirrorIsUsedIfItWasPromotedEarlierAndTheLogOfThePrimaryDoesNotGrow(boolean mirrorFirst) {
		SimulatedMonitor monitor = start(PolicyScenario.STANDBY, mirrorFirst, 2);
		assertThat(monitor.route().decided()).isFalse();
		assertThat(monitor.pass(Duration.ofSeconds(2)).route().mode()).isEqualTo(Mode.FAILED_OVER);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void thePrimaryIsUsedIfItsLogGrowsAlthoughTheMirrorWasPromoted(boolean mirrorFirst) {
		SimulatedMonitor monitor = start(PolicyScenario.STANDBY, mirrorFirst, 2);
		for (int i = 1; i <= 4; i++) {
			monitor.pass(Duration.ofMillis(500)).answers(PRIMARY, reading(1, 100L * i), null);
		}
		assertThat(monitor.route().mode()).isEqualTo(Mode.NORMAL);
	}

	@Test
	void aWritableMirrorThatWasNeverPromotedIsNotUsed() {
		SimulatedMonitor monitor = monitor(PolicyScenario.STANDBY);
		monitor.answers(MIRROR, reading(1), null).fails(PRIMARY, Verdict.DOWN, BreakerState.OPEN);
		assertThat(monitor.route().mode()).isEqualTo(Mode.UNAVAILABLE);
	}

	@Test
	void thePrimaryIsUsedWhenItAnswersAfterAStartWithoutIt() {
		SimulatedMonitor monitor = monitor(PolicyScenario.STANDBY);
		monitor.fails(PRIMARY, Verdict.DOWN, BreakerState.OPEN).fails(MIRROR, Verdict.DOWN, BreakerState.OPEN);
		assertThat(monitor.route().mode()).isEqualTo(Mode.UNAVAILABLE);
		monitor.answers(PRIMARY, reading(1), null);
		assertThat(monitor.route().mode()).isEqualTo(Mode.NORMAL);
		assertThat(monitor.route().cause()).isEqualTo(Cause.NODE_RETURNED);
	}

	private static SimulatedMonitor start(PolicySettings settings, boolean mirrorFirst, long mirrorGeneration) {
		SimulatedMonitor monitor = monitor(settings);
		if (mirrorFirst) {
			monitor.answers(MIRROR, reading(mirrorGeneration), null).answers(PRIMARY, reading(1), null);
		}
		else {
			monitor.answers(PRIMARY, reading(1), null).answers(MIRROR, reading(mirrorGeneration), null);
		}
		return monitor;
	}

	private static SimulatedMonitor monitor(PolicySettings settings) {
		return new SimulatedMonitor(settings, List.of(PRIMARY, MIRROR));
	}

	private static Reading reading(long generation) {
		return reading(generation, 100L);
	}

	private static Reading reading(long generation, long position) {
		return new Reading(Role.WRITABLE, null, new GenerationHistory(CLUSTER, generation, position));
	}

}
