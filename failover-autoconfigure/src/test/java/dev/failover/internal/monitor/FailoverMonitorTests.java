package dev.failover.internal.monitor;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.failover.Cause;
import dev.failover.Condition.Kind;
import dev.failover.ConditionChangedEvent;
import dev.failover.Mode;
import dev.failover.NodeStateChangedEvent;
import dev.failover.NodeStatus;
import dev.failover.Role;
import dev.failover.RouteChange;
import dev.failover.RouteChangedEvent;
import dev.failover.internal.detection.ProbeSignals;
import dev.failover.internal.policy.PolicyScenario;
import dev.failover.internal.routing.NodeFaultException;
import dev.failover.stub.GenerationHistory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.failover.NodeStatusFixture.CLUSTER;
import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link FailoverMonitor}: what it does with the answers of the probes, turn by
 * turn. {@link MonitoredSwitchoverTests} has the requests of operators.
 */
@Timeout(60)
final class FailoverMonitorTests {

	private static final Duration GRACE = Duration.ofSeconds(3);

	private MonitorFixture fixture = new MonitorFixture();

	@AfterEach
	void close() throws SQLException {
		this.fixture.close();
	}

	@Test
	void theFirstRouteIsDecidedWhenTheServersHaveAnswered() throws Exception {
		assertThat(this.fixture.state().route().decided()).isFalse();
		assertThat(this.fixture.state().ready()).isFalse();
		assertThat(this.fixture.state().nodes()).extracting(NodeStatus::node).containsExactly(PRIMARY, MIRROR);
		this.fixture.start();
		assertThat(this.fixture.state().route()).isSameAs(this.fixture.pair.route());
		assertThat(this.fixture.state().route().mode()).isEqualTo(Mode.NORMAL);
		assertThat(this.fixture.state().automatic()).isTrue();
		assertThat(this.fixture.state().positionUnit()).isEqualTo("bytes");
		assertThat(this.fixture.state().detectionBudget()).isEqualTo(MonitorFixture.DETECTION.budget());
		assertThat(this.fixture.state().changes()).singleElement().satisfies((change) -> {
			assertThat(change.to()).isEqualTo(PRIMARY);
			assertThat(change.cause()).isEqualTo(Cause.STARTUP);
			assertThat(change.detection()).isNull();
		});
		assertThat(this.fixture.events).filteredOn(RouteChangedEvent.class::isInstance).hasSize(1);
		assertThat(this.fixture.shown).containsExactly(this.fixture.pair.route());
		assertThat(this.fixture.probes).hasSize(2);
	}

	@Test
	void theRouteLeavesALostNodeWhoseConnectionsAreAbortedAndFollowsThePromotion() throws Exception {
		this.fixture.start();
		this.fixture.borrow();
		assertThat(ProbeSignals.isUrgent(this.fixture.signal(MIRROR))).isFalse();
		this.fixture.isLost(PRIMARY, System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
		assertThat(this.fixture.state().route().mode()).isEqualTo(Mode.READ_ONLY);
		assertThat(lastChange().cause()).isEqualTo(Cause.NODE_LOST);
		assertThat(lastChange().abortedConnections()).isOne();
		assertThat(lastChange().detection()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
		assertThat(ProbeSignals.isUrgent(this.fixture.signal(MIRROR))).isTrue();
		await().until(() -> this.fixture.pair.primary.aborts() == 1);
		this.fixture.answers(MIRROR, Role.WRITABLE, 2);
		assertThat(this.fixture.state().route().mode()).isEqualTo(Mode.FAILED_OVER);
		assertThat(lastChange().detection()).isNull();
		assertThat(ProbeSignals.isUrgent(this.fixture.signal(MIRROR))).isFalse();
	}

	@Test
	void aLossWithoutAnEarlierSignHasNoDetectionTime() throws Exception {
		this.fixture.start().isLost(PRIMARY, 0);
		assertThat(lastChange().cause()).isEqualTo(Cause.NODE_LOST);
		assertThat(lastChange().detection()).isNull();
	}

	@Test
	void aDemotionIsFoundWithinTheTimeSinceTheFirstSignOfIt() throws Exception {
		this.fixture.start().isDemoted(PRIMARY, System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
		assertThat(lastChange().cause()).isEqualTo(Cause.ROLE_CHANGED);
		assertThat(lastChange().detection()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
	}

	@Test
	void aReturnOfWritesToANodeHasNoDetectionTime() throws Exception {
		this.fixture.start().isLost(PRIMARY, System.nanoTime());
		this.fixture.fails(MIRROR);
		this.fixture.answers(PRIMARY, Role.WRITABLE, 1);
		assertThat(this.fixture.state().route().mode()).isEqualTo(Mode.NORMAL);
		assertThat(lastChange().detection()).isNull();
	}

	@Test
	void whatChangesOnANodeIsToldOnce() throws Exception {
		this.fixture.start();
		this.fixture.events.clear();
		this.fixture.answers(MIRROR, Role.READ_ONLY, 1);
		assertThat(this.fixture.events).isEmpty();
		this.fixture.answers(MIRROR, Role.UNUSABLE, 1);
		assertThat(this.fixture.events).filteredOn(NodeStateChangedEvent.class::isInstance).hasSize(1);
		this.fixture.isLost(MIRROR, 0);
		assertThat(this.fixture.events).filteredOn(NodeStateChangedEvent.class::isInstance).hasSize(2);
	}

	@Test
	void aChangeOfANodeAndItsFirstFailuresCauseProbesOfOthers() throws Exception {
		this.fixture.start();
		drainWakeUps();
		this.fixture.answers(MIRROR, Role.READ_ONLY, 1);
		assertWoken(false, false);
		this.fixture.fails(MIRROR);
		assertWoken(true, false);
		this.fixture.isLost(MIRROR, 0);
		assertWoken(true, true);
		this.fixture.isLost(MIRROR, 0);
		assertWoken(false, false);
	}

	private void drainWakeUps() throws InterruptedException {
		ProbeSignals.pollWakeUp(this.fixture.signal(PRIMARY));
		ProbeSignals.pollWakeUp(this.fixture.signal(MIRROR));
	}

	private void assertWoken(boolean primary, boolean mirror) throws InterruptedException {
		assertThat(ProbeSignals.pollWakeUp(this.fixture.signal(PRIMARY))).isEqualTo(primary);
		assertThat(ProbeSignals.pollWakeUp(this.fixture.signal(MIRROR))).isEqualTo(mirror);
	}

	@Test
	void theProbersKnowWhetherTheirNamesLeadToOneServer() throws Exception {
		this.fixture.answers(PRIMARY, "a", Role.WRITABLE);
		this.fixture.answers(MIRROR, "a", Role.WRITABLE);
		assertThat(ProbeSignals.isShared(this.fixture.signal(PRIMARY))).isTrue();
		assertThat(ProbeSignals.isShared(this.fixture.signal(MIRROR))).isTrue();
		this.fixture.answers(MIRROR, "b", Role.READ_ONLY);
		assertThat(ProbeSignals.isShared(this.fixture.signal(PRIMARY))).isFalse();
	}

	@Test
	void whileChangesArePausedTheRouteStays() throws Exception {
		this.fixture.start();
		CompletableFuture<Void> paused = this.fixture.monitor.pause(true);
		AtomicBoolean automatic = new AtomicBoolean(true);
		CompletableFuture<Void> seen = paused.thenRun(() -> automatic.set(this.fixture.state().automatic()));
		assertThat(seen).isNotDone();
		this.fixture.turn();
		assertThat(seen).isDone();
		assertThat(automatic).isFalse();
		assertThat(this.fixture.state().automatic()).isFalse();
		assertThat(this.fixture.conditions()).containsExactly(Kind.PAUSED);
		this.fixture.isLost(PRIMARY, 0);
		assertThat(this.fixture.state().route().mode()).isEqualTo(Mode.NORMAL);
		this.fixture.monitor.pause(false);
		this.fixture.turn();
		assertThat(this.fixture.state().automatic()).isTrue();
		assertThat(this.fixture.state().route().mode()).isEqualTo(Mode.READ_ONLY);
		assertThat(this.fixture.events).filteredOn(ConditionChangedEvent.class::isInstance)
			.map(ConditionChangedEvent.class::cast)
			.filteredOn((event) -> event.condition().kind() == Kind.PAUSED)
			.extracting(ConditionChangedEvent::raised)
			.containsExactly(true, false);
	}

	@Test
	void aBreakerThatAPersonForcesOpenMovesTheRouteWithoutAProbe() throws Exception {
		this.fixture.start().breaker(PRIMARY).transitionToForcedOpenState();
		this.fixture.turn();
		assertThat(this.fixture.state().route().mode()).isEqualTo(Mode.READ_ONLY);
	}

	/**
	 * Two servers that accept writes: nobody knows which one the work in flight is on.
	 */
	@Test
	void workOnTheServerThatAnotherOneHasReplacedBehindItsNameIsAborted() throws Exception {
		this.fixture.answers(PRIMARY, "a", Role.WRITABLE);
		this.fixture.answers(MIRROR, "m", Role.READ_ONLY);
		this.fixture.borrow();
		this.fixture.answers(PRIMARY, "a", Role.WRITABLE);
		assertThat(this.fixture.pair.primary.aborts()).isZero();
		this.fixture.answers(PRIMARY, "b", Role.WRITABLE);
		await().until(() -> this.fixture.pair.primary.aborts() == 1);
	}

	@Test
	void aServerThatIsNotKnownReplacesNone() throws Exception {
		this.fixture.start().borrow();
		this.fixture.answers(PRIMARY, "a", Role.WRITABLE);
		this.fixture.answers(PRIMARY, Role.WRITABLE, 1);
		this.fixture.pair.finishWork();
		assertThat(this.fixture.pair.primary.aborts()).isZero();
	}

	@Test
	void anAnswerEndsTheWaitOfAFailedConnect() throws Exception {
		this.fixture.start();
		this.fixture.pair.primary.refuse("08001");
		Future<String> caller = this.fixture.pair.caller(this.fixture.pair.primaryPool);
		await().until(() -> !this.fixture.pair.suspicions.isEmpty());
		this.fixture.pair.primary.accept();
		this.fixture.answers(PRIMARY, Role.WRITABLE, 1);
		assertThat(caller.get(15, TimeUnit.SECONDS)).isEqualTo(this.fixture.pair.primary.url());
	}

	@Test
	void theRoleThatAProbeReadsExplainsARefusedWrite() throws Exception {
		this.fixture.start();
		this.fixture.pair.primary.fail("insert", "25006");
		Connection connection = this.fixture.borrow();
		NodeFaultException refused = refused(connection);
		this.fixture.answers(PRIMARY, Role.WRITABLE, 1);
		assertThat(refused.isNodeReadOnly()).isFalse();
	}

	private static NodeFaultException refused(Connection connection) {
		SQLException error = catchThrowableOfType(SQLException.class,
				() -> connection.createStatement().execute("insert"));
		return NodeFaultException.in(error).orElseThrow();
	}

	@Test
	void theHistoryOfANodeIsTheOneThatItLastTold() throws Exception {
		assertThat(this.fixture.monitor.appliedHistory(PRIMARY)).isNull();
		this.fixture.start().isLost(PRIMARY, 0);
		assertThat(this.fixture.monitor.appliedHistory(PRIMARY)).isEqualTo(new GenerationHistory(CLUSTER, 1L, 100L));
	}

	@Test
	void connectionsOfALostNodeAreAbortedWhenTheirGraceTimeIsOver() throws Exception {
		this.fixture.close();
		this.fixture = new MonitorFixture(GRACE, (target) -> {
		});
		this.fixture.start().borrow();
		this.fixture.isLost(PRIMARY, 0);
		this.fixture.pass(GRACE.minusMillis(1));
		assertThat(this.fixture.pair.primary.aborts()).isZero();
		this.fixture.pass(Duration.ofMillis(1));
		await().until(() -> this.fixture.pair.primary.aborts() == 1);
	}

	@Test
	void aLostNodeThatTheRouteDoesNotUseIsQuarantined() throws Exception {
		this.fixture.start().isLost(MIRROR, 0);
		assertThat(this.fixture.pair.mirrorPool.isQuarantined()).isTrue();
		this.fixture.answers(MIRROR, Role.READ_ONLY, 1);
		assertThat(this.fixture.pair.mirrorPool.isQuarantined()).isFalse();
	}

	@Test
	void aNodeThatIsLostAgainSoonAfterItsReturnHasToStayUpFirst() throws Exception {
		this.fixture.start();
		loseAndReturn();
		assertThat(this.fixture.state().route().mode()).isEqualTo(Mode.NORMAL);
		loseAndReturn();
		assertThat(this.fixture.state().route().mode()).isEqualTo(Mode.READ_ONLY);
		assertThat(this.fixture.conditions()).contains(Kind.FLAPPING);
		this.fixture.pass(PolicyScenario.RECOVERY_STAY);
		assertThat(this.fixture.state().route().mode()).isEqualTo(Mode.NORMAL);
		assertThat(this.fixture.conditions()).doesNotContain(Kind.FLAPPING);
	}

	@Test
	void aNodeThatIsLostAgainLongAfterItsReturnIsUsedAtOnce() throws Exception {
		this.fixture.start();
		loseAndReturn();
		this.fixture.pass(PolicyScenario.MIN_STAY.multipliedBy(10));
		loseAndReturn();
		assertThat(this.fixture.state().route().mode()).isEqualTo(Mode.NORMAL);
	}

	private void loseAndReturn() throws InterruptedException {
		this.fixture.isLost(PRIMARY, 0);
		this.fixture.answers(PRIMARY, Role.WRITABLE, 1);
		this.fixture.answers(MIRROR, Role.READ_ONLY, 1);
	}

	@Test
	void aTurnMayTakeLongerThanTheWaitForAMessage() {
		assertThat(this.fixture.monitor.longestTurn()).isGreaterThan(MonitorFixture.DETECTION.interval());
	}

	private RouteChange lastChange() {
		return this.fixture.state().changes().get(this.fixture.state().changes().size() - 1);
	}

}
