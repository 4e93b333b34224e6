package dev.failover.monitor;

import java.util.List;

import dev.failover.dialect.Reading;
import dev.failover.topology.BreakerState;
import dev.failover.topology.Cause;
import dev.failover.topology.Identity;
import dev.failover.topology.Mode;
import dev.failover.topology.Role;
import dev.failover.topology.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

import static dev.failover.monitor.NodeFixture.CLUSTER;
import static dev.failover.monitor.NodeFixture.MIRROR;
import static dev.failover.monitor.NodeFixture.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The first route does not depend on which node happens to answer first.
 */
final class StartOrderTests {

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void twoWritableNodesOfOneGeneration(boolean mirrorFirst) {
		assertThat(start(Scene.STANDBY, mirrorFirst, 1).route().mode()).isEqualTo(Mode.NORMAL);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void twoWritersByDesign(boolean mirrorFirst) {
		assertThat(start(Scene.MULTI_WRITER, mirrorFirst, 1).route().mode()).isEqualTo(Mode.NORMAL);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void theMirrorWasPromotedEarlier(boolean mirrorFirst) {
		assertThat(start(Scene.STANDBY, mirrorFirst, 2).route().mode()).isEqualTo(Mode.FAILED_OVER);
	}

	@Test
	void aWritableServerThatWasNeverPromotedIsNoMirror() {
		SimulatedMonitor monitor = monitor(Scene.STANDBY);
		monitor.answers(MIRROR, reading(1), null).fails(PRIMARY, Verdict.DOWN, BreakerState.OPEN);
		assertThat(monitor.route().mode()).isEqualTo(Mode.UNAVAILABLE);
	}

	@Test
	void aPrimaryThatIsBackAfterAStartWithoutItReturned() {
		SimulatedMonitor monitor = monitor(Scene.STANDBY);
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
		return new Reading(Role.WRITABLE, new Identity(CLUSTER, generation), 100L);
	}

}
