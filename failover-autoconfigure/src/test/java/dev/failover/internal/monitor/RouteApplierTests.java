package dev.failover.internal.monitor;

import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.OperationRefusedException;
import dev.failover.PromotionTrigger;
import dev.failover.ReadOnlyMode;
import dev.failover.Route;
import dev.failover.RouteChange;
import dev.failover.internal.detection.DetectionSettings;
import dev.failover.internal.detection.NodeBreaker;
import dev.failover.internal.detection.ProbeClock;
import dev.failover.internal.detection.ProbeSignal;
import dev.failover.internal.monitor.FailoverSettings.SwitchoverLimits;
import dev.failover.internal.monitor.Switchover.Progress;
import dev.failover.internal.policy.Flaps;
import dev.failover.internal.policy.Leadership;
import dev.failover.internal.policy.PolicyScenario;
import dev.failover.internal.policy.Situation;
import dev.failover.internal.routing.NodePool;
import dev.failover.internal.routing.ResolvedRoute.Unwritable;
import dev.failover.internal.routing.StubNodePair;
import dev.failover.stub.Failures;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.NOW;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static dev.failover.NodeStatusFixture.down;
import static dev.failover.NodeStatusFixture.on;
import static dev.failover.NodeStatusFixture.refusingConnections;
import static dev.failover.NodeStatusFixture.standby;
import static dev.failover.NodeStatusFixture.unusable;
import static dev.failover.NodeStatusFixture.writable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link RouteApplier} and {@link Switchover}, with HikariCP pools on stub
 * servers.
 */
@Timeout(60)
final class RouteApplierTests {

	private static final Duration GRACE = Duration.ofSeconds(3);

	private final StubNodePair pair = new StubNodePair();

	private final List<Connection> borrowed = new ArrayList<>();

	@AfterEach
	void close() throws Exception {
		for (Connection connection : this.borrowed) {
			connection.close();
		}
		this.pair.close();
	}

	@Test
	void publishesTheRouteThatItApplies() {
		Route next = to(MIRROR);
		applier(Duration.ZERO).apply(next, List.of(), Duration.ZERO, NOW);
		assertThat(this.pair.route()).isSameAs(next);
	}

	@Test
	void abortsTheConnectionsOfALostNodeThatTheRouteLeaves() throws Exception {
		workOnPrimary();
		assertThat(applier(Duration.ZERO).apply(to(MIRROR), statuses(down(PRIMARY)), Duration.ZERO, NOW)).isOne();
		assertThat(this.pair.primaryPool.isQuarantined()).isTrue();
		await().until(() -> this.pair.primary.aborts() == 1 && this.pair.primary.open() == 0);
	}

	@Test
	void workOnANodeThatStillAnswersMayEnd() throws Exception {
		workOnPrimary();
		assertThat(applier(Duration.ZERO).apply(to(MIRROR), statuses(standby(PRIMARY, 1)), Duration.ZERO, NOW))
			.isZero();
		this.borrowed.get(0).createStatement().execute("commit");
		this.pair.finishWork();
		assertThat(this.pair.primary.aborts()).isZero();
	}

	@Test
	void abortsTheConnectionsOfADeposedLeaderThatStillAcceptsWrites() throws Exception {
		workOnPrimary();
		Route next = this.pair.route().next(MIRROR, List.of(MIRROR), Mode.FAILED_OVER, NOW, Cause.ROLE_CHANGED);
		assertThat(applier(GRACE).apply(next, statuses(writable(PRIMARY, 1)), Duration.ZERO, NOW)).isOne();
		await().until(() -> this.pair.primary.aborts() == 1);
	}

	@Test
	void abortsTheConnectionsOfADeposedLeaderThatRefusesNewOnes() throws Exception {
		workOnPrimary();
		Route next = this.pair.route().next(MIRROR, List.of(MIRROR), Mode.FAILED_OVER, NOW, Cause.ROLE_CHANGED);
		assertThat(applier(GRACE).apply(next, statuses(refusingConnections(writable(PRIMARY, 1))), Duration.ZERO, NOW))
			.isOne();
		await().until(() -> this.pair.primary.aborts() == 1);
	}

	@Test
	void abortsTheConnectionsOfALeaderThatAWitnessHasDeposed() throws Exception {
		workOnPrimary();
		Route next = this.pair.route().next(MIRROR, List.of(MIRROR), Mode.FAILED_OVER, NOW, Cause.ROLE_CHANGED);
		assertThat(applier(GRACE).apply(next, statuses(unusable(PRIMARY)), Duration.ZERO, NOW)).isOne();
		await().until(() -> this.pair.primary.aborts() == 1);
	}

	@Test
	void workOnALeaderThatAnOperatorMovesTheRouteFromMayEnd() throws Exception {
		workOnPrimary();
		Route next = this.pair.route().next(MIRROR, List.of(MIRROR), Mode.FAILED_OVER, NOW, Cause.SWITCHOVER);
		assertThat(applier(GRACE).apply(next, statuses(writable(PRIMARY, 1)), Duration.ZERO, NOW)).isZero();
		this.borrowed.get(0).createStatement().execute("commit");
		this.pair.finishWork();
		assertThat(this.pair.primary.aborts()).isZero();
	}

	@Test
	void connectionsAreAbortedWhenTheGraceTimeIsOver() throws Exception {
		workOnPrimary();
		RouteApplier applier = applier(GRACE);
		assertThat(applier.apply(to(MIRROR), statuses(down(PRIMARY)), Duration.ZERO, NOW)).isZero();
		assertThat(this.pair.primaryPool.isQuarantined()).isTrue();
		applier.abortLate(NOW.plus(GRACE).minusMillis(1));
		assertThat(this.pair.primary.aborts()).isZero();
		applier.abortLate(NOW.plus(GRACE));
		await().until(() -> this.pair.primary.aborts() == 1);
		applier.tend(statuses(standby(PRIMARY, 1)));
		this.borrowed.add(this.pair.primaryPool.hikari().getConnection());
		applier.abortLate(NOW.plus(GRACE));
		this.pair.finishWork();
		assertThat(this.pair.primary.aborts()).isOne();
	}

	@Test
	void connectionsAreNotAbortedIfTheRouteReturnsWithinTheGraceTime() throws Exception {
		workOnPrimary();
		RouteApplier applier = applier(GRACE);
		applier.apply(to(MIRROR), statuses(down(PRIMARY)), Duration.ZERO, NOW);
		applier.apply(to(PRIMARY), statuses(writable(PRIMARY, 1)), Duration.ZERO, NOW.plusSeconds(1));
		applier.abortLate(NOW.plus(GRACE));
		this.pair.finishWork();
		this.borrowed.get(0).createStatement().execute("commit");
		assertThat(this.pair.primary.aborts()).isZero();
	}

	@Test
	void anEarlierGraceTimeEndsNoWorkAfterTheRouteHasReturned() throws Exception {
		workOnPrimary();
		RouteApplier applier = applier(GRACE);
		applier.apply(to(MIRROR), statuses(down(PRIMARY)), Duration.ZERO, NOW);
		applier.apply(to(PRIMARY), statuses(writable(PRIMARY, 1)), Duration.ZERO, NOW.plusSeconds(1));
		applier.abortLate(NOW.plusSeconds(1));
		applier.apply(to(MIRROR), statuses(standby(PRIMARY, 1)), Duration.ZERO, NOW.plusSeconds(2));
		applier.abortLate(NOW.plus(GRACE));
		this.pair.finishWork();
		assertThat(this.pair.primary.aborts()).isZero();
	}

	@Test
	void aRouteUsesItsNodesAtOnce() {
		RouteApplier applier = applier(Duration.ZERO);
		this.pair.moveTo(PRIMARY);
		applier.tend(List.of(writable(PRIMARY, 1), down(MIRROR)));
		assertThat(this.pair.mirrorPool.isQuarantined()).isTrue();
		applier.apply(to(MIRROR), statuses(down(PRIMARY)), Duration.ZERO, NOW);
		assertThat(this.pair.mirrorPool.isQuarantined()).isFalse();
	}

	@Test
	void callersThatWaitInThePoolOfALivingNodeGoOnToTheNewRoute() throws Exception {
		workOnPrimary();
		workOnPrimary();
		Future<String> caller = this.pair.caller();
		await().until(() -> this.pair.primaryPool.stats().waiting() == 1);
		applier(Duration.ZERO).apply(to(MIRROR), statuses(standby(PRIMARY, 1)), Duration.ZERO, NOW);
		assertThat(caller.get(10, TimeUnit.SECONDS)).isEqualTo(this.pair.mirror.url());
	}

	@Test
	void workOnAServerThatAnotherNameLeadsToMayEnd() throws Exception {
		workOnPrimary();
		Route next = this.pair.route().next(MIRROR, List.of(MIRROR), Mode.FAILED_OVER, NOW, Cause.ROLE_CHANGED);
		assertThat(applier(Duration.ZERO).apply(next,
				List.of(on(writable(PRIMARY, 1), "a"), on(writable(MIRROR, 1), "a")), Duration.ZERO, NOW))
			.isZero();
		this.pair.finishWork();
		assertThat(this.pair.primary.aborts()).isZero();
	}

	@Test
	void aNodeIsLeftOnce() throws Exception {
		workOnPrimary();
		RouteApplier applier = applier(Duration.ZERO);
		applier.apply(to(MIRROR), statuses(down(PRIMARY)), Duration.ZERO, NOW);
		await().until(() -> this.pair.primary.aborts() == 1);
		applier.tend(statuses(standby(PRIMARY, 1)));
		this.borrowed.add(this.pair.primaryPool.hikari().getConnection());
		applier.tend(statuses(standby(PRIMARY, 1)));
		this.pair.finishWork();
		assertThat(this.pair.primary.aborts()).isOne();
	}

	/** An idle session of the old server would refuse writes. */
	@Test
	void sessionsAreRetiredWhenAnotherServerOfAnotherRoleIsBehindTheName() throws Exception {
		this.pair.moveTo(PRIMARY);
		this.pair.dataSource.getConnection().close();
		RouteApplier applier = applier(Duration.ZERO);
		applier.serverReplaced(on(standby(PRIMARY, 1), "a"), on(standby(PRIMARY, 1), "b"));
		assertThat(this.pair.primaryPool.stats().idle()).isOne();
		applier.serverReplaced(on(standby(PRIMARY, 1), "a"), on(writable(PRIMARY, 2), "b"));
		await().until(() -> this.pair.primary.open() == 0);
	}

	@Test
	void quarantinesALostNodeThatTheRouteDoesNotUseUntilItAnswers() {
		RouteApplier applier = applier(Duration.ZERO);
		this.pair.moveTo(PRIMARY);
		applier.tend(List.of(writable(PRIMARY, 1), down(MIRROR)));
		assertThat(this.pair.mirrorPool.isQuarantined()).isTrue();
		assertThat(this.pair.primaryPool.isQuarantined()).isFalse();
		applier.tend(List.of(writable(PRIMARY, 1), standby(MIRROR, 1)));
		assertThat(this.pair.mirrorPool.isQuarantined()).isFalse();
	}

	@Test
	void requestsHeldByASwitchoverAreServedWhenItIsGivenUp() throws Exception {
		this.pair.moveTo(PRIMARY);
		RouteApplier applier = applier(Duration.ZERO);
		CompletableFuture<RouteChange> outcome = new CompletableFuture<>();
		Switchover switchover = new Switchover(MIRROR, "alice", situation(standby(MIRROR, 1)), limits(), outcome);
		applier.beginSwitchover();
		Future<String> caller = this.pair.caller();
		await().until(() -> this.pair.dataSource.waitingRequests() == 1);
		assertThat(switchover.advance(situation(down(MIRROR)), applier)).isEqualTo(Progress.HOPELESS);
		switchover.giveUp(applier);
		assertThat(caller.get(10, TimeUnit.SECONDS)).isEqualTo(this.pair.primary.url());
		assertThat(outcome).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(OperationRefusedException.class)
			.withMessage("Node 'mirror' was lost during the switchover");
	}

	@Test
	void aSwitchoverIsDueWhenWorkHasEndedAndItsTargetAcceptsWrites() throws Exception {
		this.pair.moveTo(PRIMARY);
		RouteApplier applier = applier(Duration.ZERO);
		Switchover switchover = new Switchover(MIRROR, "alice", situation(standby(MIRROR, 1)), limits(),
				new CompletableFuture<>());
		workOnPrimary();
		assertThat(switchover.advance(situation(writable(MIRROR, 2)), applier)).isEqualTo(Progress.WAITING);
		this.borrowed.remove(0).close();
		assertThat(switchover.advance(situation(standby(MIRROR, 1)), applier)).isEqualTo(Progress.WAITING);
		assertThat(switchover.advance(situation(writable(MIRROR, 2)), applier)).isEqualTo(Progress.DUE);
	}

	/**
	 * Work that is in flight on a frozen server does not end by itself.
	 */
	@Test
	void theLossOfTheNodeEndsTheDrainOfASwitchover() throws Exception {
		workOnPrimary();
		List<Node> promotions = new CopyOnWriteArrayList<>();
		RouteApplier applier = applier(Duration.ZERO, promotions::add);
		Switchover switchover = new Switchover(MIRROR, "alice", situation(standby(MIRROR, 1)), limits(),
				new CompletableFuture<>());
		assertThat(switchover.advance(situation(standby(MIRROR, 1)), applier)).isEqualTo(Progress.WAITING);
		assertThat(promotions).isEmpty();
		assertThat(switchover.advance(situation(down(PRIMARY), standby(MIRROR, 1)), applier))
			.isEqualTo(Progress.FAILING_OVER);
		assertThat(promotions).containsExactly(MIRROR);
		assertThat(switchover.advance(situation(down(PRIMARY), writable(MIRROR, 2)), applier)).isEqualTo(Progress.DUE);
	}

	/**
	 * A driver or a pool that throws must not keep the connections of a lost node open,
	 * nor those of the other nodes.
	 */
	@ParameterizedTest
	@MethodSource("dev.failover.stub.Failures#all")
	void aNodeThatCannotBeLeftNowIsLeftInALaterTurn(Supplier<Throwable> failure) throws Exception {
		workOnPrimary();
		AtomicInteger failures = new AtomicInteger(2);
		this.pair.failAborts(() -> {
			if (failures.getAndDecrement() > 0) {
				Failures.raise(failure.get());
			}
		});
		RouteApplier applier = applier(Duration.ZERO);
		assertThat(applier.apply(to(MIRROR), statuses(down(PRIMARY)), Duration.ZERO, NOW)).isZero();
		assertThat(this.pair.route().writes()).isEqualTo(MIRROR);
		applier.tend(statuses(down(PRIMARY)));
		assertThat(this.pair.primary.aborts()).isZero();
		applier.tend(statuses(down(PRIMARY)));
		await().until(() -> this.pair.primary.aborts() == 1);
	}

	@Test
	void aSwitchoverIsGivenUpIfThePromotionCannotBeRequested() {
		this.pair.moveTo(PRIMARY);
		RouteApplier applier = applier(Duration.ZERO, (target) -> {
			throw new IllegalStateException("no manager");
		});
		CompletableFuture<RouteChange> outcome = new CompletableFuture<>();
		Switchover switchover = new Switchover(MIRROR, "alice", situation(standby(MIRROR, 1)), limits(), outcome);
		assertThat(switchover.advance(situation(standby(MIRROR, 1)), applier)).isEqualTo(Progress.HOPELESS);
		switchover.giveUp(applier);
		assertThat(outcome).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withMessageContaining("The promotion of node 'mirror' could not be requested: no manager");
	}

	private void workOnPrimary() throws Exception {
		if (!this.pair.route().decided()) {
			this.pair.moveTo(PRIMARY);
		}
		this.borrowed.add(this.pair.dataSource.getConnection());
	}

	private Route to(Node node) {
		Mode mode = node.equals(PRIMARY) ? Mode.NORMAL : Mode.FAILED_OVER;
		return this.pair.route().next(node, List.of(node), mode, NOW, Cause.NODE_LOST);
	}

	private static List<NodeStatus> statuses(NodeStatus primary) {
		return List.of(primary, writable(MIRROR, 2));
	}

	private Situation situation(NodeStatus mirror) {
		return situation(writable(PRIMARY, 1), mirror);
	}

	private Situation situation(NodeStatus primary, NodeStatus mirror) {
		return new Situation(this.pair.route(), List.of(primary, mirror), Leadership.NONE.led(writable(PRIMARY, 1)),
				null, false, Flaps.NONE, NOW);
	}

	private RouteApplier applier(Duration grace) {
		return applier(grace, (target) -> {
		});
	}

	private RouteApplier applier(Duration grace, PromotionTrigger trigger) {
		DetectionSettings detection = new DetectionSettings(Duration.ofMillis(500), Duration.ofSeconds(1), 2,
				Duration.ofMillis(20), 5, null);
		FailoverSettings settings = new FailoverSettings(detection, PolicyScenario.STANDBY,
				new Unwritable(ReadOnlyMode.SERVE, null), grace, limits(), 50, false, Map.of());
		MonitoredNodes nodes = new MonitoredNodes(
				List.of(monitored(PRIMARY, this.pair.primaryPool), monitored(MIRROR, this.pair.mirrorPool)), "bytes");
		return new RouteApplier(this.pair.currentRoute(), nodes, settings, trigger, Runnable::run);
	}

	private static SwitchoverLimits limits() {
		return new SwitchoverLimits(Duration.ofSeconds(5), Duration.ofSeconds(5));
	}

	private static MonitoredNode monitored(Node node, NodePool pool) {
		NodeBreaker breaker = new NodeBreaker(CircuitBreaker.ofDefaults(node.name()));
		ProbeClock clock = new ProbeClock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), System::nanoTime);
		return new MonitoredNode(node, "db:1/orders", pool, breaker, new ProbeSignal(breaker, clock));
	}

}
