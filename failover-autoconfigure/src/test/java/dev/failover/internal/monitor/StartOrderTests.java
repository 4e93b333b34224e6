package dev.failover.internal.monitor;

import java.util.List;

import dev.failover.BreakerState;
import dev.failover.Cause;
import dev.failover.History;
import dev.failover.Mode;
import dev.failover.Role;
import dev.failover.Verdict;
import dev.failover.dialect.Reading;
import dev.failover.internal.policy.PolicyScene;
import dev.failover.internal.policy.PolicySettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.failover.internal.policy.NodeFixture.CLUSTER;
import static dev.failover.internal.policy.NodeFixture.MIRROR;
import static dev.failover.internal.policy.NodeFixture.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The first route does not depend on which node happens to answer first.
 */
final class StartOrderTests {

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void twoWritableNodesOfOneGeneration(boolean mirrorFirst) {
		assertThat(start(PolicyScene.STANDBY, mirrorFirst, 1).route().mode()).isEqualTo(Mode.NORMAL);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void twoWritersByDesign(boolean mirrorFirst) {
		assertThat(start(PolicyScene.MULTI_WRITER, mirrorFirst, 1).route().mode()).isEqualTo(Mode.NORMAL);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void theMirrorWasPromotedEarlier(boolean mirrorFirst) {
		assertThat(start(PolicyScene.STANDBY, mirrorFirst, 2).route().mode()).isEqualTo(Mode.FAILED_OVER);
	}

	@Test
	void aWritableServerThatWasNeverPromotedIsNoMirror() {
		SimulatedMonitor monitor = monitor(PolicyScene.STANDBY);
		monitor.answers(MIRROR, reading(1), null).fails(PRIMARY, Verdict.DOWN, BreakerState.OPEN);
		assertThat(monitor.route().mode()).isEqualTo(Mode.UNAVAILABLE);
	}

	@Test
	void aPrimaryThatIsBackAfterAStartWithoutItReturned() {
		SimulatedMonitor monitor = monitor(PolicyScene.STANDBY);
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
		return new Reading(Role.WRITABLE, new History(CLUSTER, generation), 100L);
	}

}
