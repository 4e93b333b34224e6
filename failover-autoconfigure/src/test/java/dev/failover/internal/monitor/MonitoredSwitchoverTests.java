package dev.failover.internal.monitor;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.OperationRefusedException;
import dev.failover.Role;
import dev.failover.internal.policy.PolicyScenario;
import dev.failover.RouteChange;
import dev.failover.internal.detection.ProbeSignals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of the switchovers that operators request from {@link FailoverMonitor}.
 */
@Timeout(60)
final class MonitoredSwitchoverTests {

	private final List<Node> promotions = new ArrayList<>();

	private MonitorFixture fixture = new MonitorFixture(Duration.ZERO, this.promotions::add);

	@AfterEach
	void close() throws SQLException {
		this.fixture.close();
	}

	@Test
	void aSwitchoverHoldsRequestsUntilItsTargetAcceptsWrites() throws Exception {
		this.fixture.start();
		Future<RouteChange> switchover = switchover(MIRROR);
		assertThat(this.promotions).containsExactly(MIRROR);
		assertThat(ProbeSignals.isUrgent(this.fixture.signal(MIRROR))).isTrue();
		Future<String> caller = this.fixture.pair.caller();
		await().until(() -> this.fixture.pair.dataSource.waitingRequests() == 1);
		assertRefused(switchover(MIRROR), "A switchover to 'mirror' is under way");
		assertThat(switchover).isNotDone();
		this.fixture.answers(MIRROR, Role.WRITABLE, 2);
		assertThat(caller.get(10, TimeUnit.SECONDS)).isEqualTo(this.fixture.pair.mirror.url());
		assertThat(switchover).isDone();
		assertThat(switchover.get().cause()).isEqualTo(Cause.SWITCHOVER);
		assertThat(switchover.get().evidence()).isEqualTo("requested by alice");
		assertThat(this.fixture.state().route().mode()).isEqualTo(Mode.FAILED_OVER);
		assertThat(ProbeSignals.isUrgent(this.fixture.signal(MIRROR))).isFalse();
		assertRefused(switchover(MIRROR), "Writes go to 'mirror' already");
	}

	@Test
	void aFailbackDoesNotUndoASwitchover() throws Exception {
		this.fixture.close();
		this.fixture = new MonitorFixture(PolicyScenario.INDEPENDENT, Duration.ZERO, this.promotions::add);
		this.fixture.start().answers(MIRROR, Role.WRITABLE, 1);
		assertThat(switchover(MIRROR).get().mode()).isEqualTo(Mode.FAILED_OVER);
		this.fixture.pass(PolicyScenario.MIN_STAY);
		assertThat(this.fixture.state().route().writes()).isEqualTo(MIRROR);
	}

	@Test
	void aSwitchoverWhoseTargetIsLostIsGivenUp() throws Exception {
		this.fixture.start();
		Future<RouteChange> switchover = switchover(MIRROR);
		Future<String> caller = this.fixture.pair.caller();
		await().until(() -> this.fixture.pair.dataSource.waitingRequests() == 1);
		this.fixture.isLost(MIRROR, 0);
		assertRefused(switchover, "Node 'mirror' was lost during the switchover");
		assertThat(caller.get(10, TimeUnit.SECONDS)).isEqualTo(this.fixture.pair.primary.url());
		assertThat(this.fixture.state().route().mode()).isEqualTo(Mode.NORMAL);
		assertThat(ProbeSignals.isUrgent(this.fixture.signal(PRIMARY))).isFalse();
		this.fixture.answers(MIRROR, Role.READ_ONLY, 1);
		assertThat(switchover(MIRROR)).isNotDone();
	}

	@Test
	void aSwitchoverWhoseTargetIsNotPromotedInTimeIsGivenUp() throws Exception {
		this.fixture.start().borrow();
		Future<RouteChange> switchover = switchover(MIRROR);
		this.fixture.pass(MonitorFixture.LIMITS.drain().minusMillis(1));
		assertThat(this.promotions).isEmpty();
		this.fixture.pass(Duration.ofMillis(1));
		assertThat(this.promotions).containsExactly(MIRROR);
		this.fixture.pass(MonitorFixture.LIMITS.promotion().minusMillis(1));
		assertThat(switchover).isNotDone();
		this.fixture.pass(Duration.ofMillis(1));
		assertRefused(switchover, "Node 'mirror' did not accept writes in time");
		assertThat(this.fixture.pair.primary.aborts()).isZero();
	}

	/** The cluster manager can stop the old primary before it promotes the target. */
	@Test
	void aNodeThatIsLostDuringASwitchoverIsLeftWhenTheTargetAcceptsWrites() throws Exception {
		this.fixture.start().borrow();
		Future<RouteChange> switchover = switchover(MIRROR);
		this.fixture.isLost(PRIMARY, 0);
		await().until(() -> this.fixture.pair.primary.aborts() == 1);
		assertThat(this.fixture.state().route().mode()).isEqualTo(Mode.NORMAL);
		assertThat(switchover).isNotDone();
		this.fixture.answers(MIRROR, Role.WRITABLE, 2);
		assertThat(switchover).isDone();
		assertThat(switchover.get().to()).isEqualTo(MIRROR);
		assertThat(this.fixture.state().route().mode()).isEqualTo(Mode.FAILED_OVER);
	}

	@Test
	void ifThePromotionTakesLongAfterTheLossReadsAreServed() throws Exception {
		this.fixture.start();
		Future<RouteChange> switchover = switchover(MIRROR);
		this.fixture.isLost(PRIMARY, 0);
		this.fixture.pass(MonitorFixture.LIMITS.drain());
		assertThat(this.fixture.state().route().mode()).isEqualTo(Mode.NORMAL);
		this.fixture.pass(Duration.ofMillis(1));
		assertThat(this.fixture.state().route().mode()).isEqualTo(Mode.READ_ONLY);
		assertThat(switchover).isNotDone();
		this.fixture.answers(MIRROR, Role.WRITABLE, 2);
		assertThat(switchover).isDone();
		assertThat(this.fixture.state().route().writes()).isEqualTo(MIRROR);
	}

	@Test
	void aSwitchoverToANodeThatMayNotTakeOverIsRefused() throws Exception {
		assertRefused(switchover(MIRROR), "No route has been decided yet");
		this.fixture.start().isLost(MIRROR, 0);
		assertRefused(switchover(MIRROR), "Node 'mirror' is DOWN, breaker OPEN");
		this.fixture.answers(MIRROR, Role.READ_ONLY, 7);
		assertRefused(switchover(MIRROR), "Node 'mirror' is not fit to take over: LAGGING");
		assertThat(this.promotions).isEmpty();
		Future<RouteChange> forced = this.fixture.monitor.switchover(MIRROR, true, "alice");
		this.fixture.turn();
		assertThat(forced).isNotDone();
		assertThat(this.promotions).containsExactly(MIRROR);
	}

	@Test
	void aSwitchoverToANodeOfUnknownReplicationIsRefused() throws Exception {
		this.fixture.answers(PRIMARY, Role.WRITABLE, 1);
		this.fixture.isLost(MIRROR, 0);
		this.fixture.tellsNoReplication(MIRROR);
		assertRefused(switchover(MIRROR), "its replication is not known yet");
	}

	@Test
	void aPromotionThatCannotBeRequestedEndsTheSwitchover() throws Exception {
		this.fixture.close();
		this.fixture = new MonitorFixture(Duration.ZERO, (target) -> {
			throw new IllegalStateException("no manager");
		});
		this.fixture.start();
		assertRefused(switchover(MIRROR), "could not be requested: no manager");
	}

	@Test
	void aSwitchoverThatCannotBeginServesRequests() throws Exception {
		this.fixture.start();
		this.fixture.failWith(new OutOfMemoryError("Java heap space"));
		Future<RouteChange> switchover = switchover(MIRROR);
		assertFailed(switchover, "Java heap space");
		assertThat(this.fixture.pair.caller().get(10, TimeUnit.SECONDS)).isEqualTo(this.fixture.pair.primary.url());
		this.fixture.failWith(null);
		assertThat(switchover(MIRROR)).isNotDone();
	}

	@Test
	void aPromotionForWhichThereIsNoThreadEndsTheSwitchoverAndRequestsAreServed() throws Exception {
		this.fixture.start().borrow();
		Future<RouteChange> switchover = switchover(MIRROR);
		this.fixture.failWith(new OutOfMemoryError("unable to create native thread"));
		this.fixture.pass(MonitorFixture.LIMITS.drain());
		assertFailed(switchover, "unable to create native thread");
		assertThat(this.fixture.pair.caller().get(10, TimeUnit.SECONDS)).isEqualTo(this.fixture.pair.primary.url());
		this.fixture.failWith(null);
		assertThat(switchover(MIRROR)).isNotDone();
	}

	private static void assertFailed(Future<?> request, String reason) {
		assertThat(request).failsWithin(Duration.ZERO).withThrowableThat().withMessageContaining(reason);
	}

	@Test
	void theEndOfTheMonitorRefusesAllRequests() throws Exception {
		this.fixture.start();
		Future<RouteChange> switchover = switchover(MIRROR);
		CompletableFuture<Void> pause = this.fixture.monitor.pause(true);
		this.fixture.monitor.end();
		assertRefused(switchover, "Failover is closed");
		assertRefused(pause, "Failover is closed");
	}

	private Future<RouteChange> switchover(Node target) throws InterruptedException {
		Future<RouteChange> requested = this.fixture.monitor.switchover(target, false, "alice");
		this.fixture.turn();
		return requested;
	}

	private static void assertRefused(Future<?> request, String reason) {
		assertThat(request).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(OperationRefusedException.class)
			.withMessageContaining(reason);
	}

}
