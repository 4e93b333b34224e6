package dev.failover.internal.monitor;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.failover.BreakerState;
import dev.failover.Condition;
import dev.failover.ErrorClass;
import dev.failover.FailoverEvent;
import dev.failover.FailoverObserver;
import dev.failover.FailoverState;
import dev.failover.Node;
import dev.failover.Probe;
import dev.failover.PromotionTrigger;
import dev.failover.ReadOnlyMode;
import dev.failover.Role;
import dev.failover.Route;
import dev.failover.RouteChangedEvent;
import dev.failover.Verdict;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import dev.failover.internal.detection.DetectionSettings;
import dev.failover.internal.detection.NodeBreaker;
import dev.failover.internal.detection.ProbeClock;
import dev.failover.internal.detection.ProbeResult;
import dev.failover.internal.detection.ProbeSignal;
import dev.failover.internal.monitor.FailoverSettings.SwitchoverLimits;
import dev.failover.internal.policy.PolicyScenario;
import dev.failover.internal.policy.PolicySettings;
import dev.failover.internal.routing.NodePool;
import dev.failover.internal.routing.ResolvedRoute.Unwritable;
import dev.failover.internal.routing.StubNodePair;
import dev.failover.stub.Failures;
import dev.failover.stub.GenerationHistory;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.jspecify.annotations.Nullable;

import static dev.failover.NodeStatusFixture.CLUSTER;
import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.NOW;
import static dev.failover.NodeStatusFixture.PRIMARY;

/**
 * {@link FailoverMonitor} over pools on two stub servers, whose turns a test runs, with
 * the answers of the probes and at the time that the test sets.
 */
final class MonitorFixture implements AutoCloseable {

	static final SwitchoverLimits LIMITS = new SwitchoverLimits(Duration.ofSeconds(5), Duration.ofSeconds(5));

	static final DetectionSettings DETECTION = new DetectionSettings(Duration.ofMillis(1), Duration.ofSeconds(1), 2,
			Duration.ofMillis(1), 5, null);

	private static final long POSITION = 100;

	final StubNodePair pair = new StubNodePair();

	final List<FailoverEvent> events = new ArrayList<>();

	final List<Probe> probes = new ArrayList<>();

	/** Routes that the state showed when a change of the route was told. */
	final List<Route> shown = new ArrayList<>();

	final FailoverMonitor monitor;

	private final Map<Node, CircuitBreaker> breakers = new HashMap<>();

	private final Map<Node, ProbeSignal> signals = new HashMap<>();

	private final List<Connection> borrowed = new ArrayList<>();

	private Instant now = NOW;

	private @Nullable Throwable failure;

	MonitorFixture() {
		this(Duration.ZERO, (target) -> {
		});
	}

	MonitorFixture(Duration abortGrace, PromotionTrigger trigger) {
		this(PolicyScenario.STANDBY, abortGrace, trigger);
	}

	MonitorFixture(PolicySettings policy, Duration abortGrace, PromotionTrigger trigger) {
		FailoverSettings settings = new FailoverSettings(DETECTION, policy, new Unwritable(ReadOnlyMode.SERVE, null),
				abortGrace, LIMITS, 50, false, Map.of());
		MonitoredNodes nodes = new MonitoredNodes(
				List.of(monitored(PRIMARY, this.pair.primaryPool), monitored(MIRROR, this.pair.mirrorPool)), "bytes");
		ChangePublisher publisher = new ChangePublisher(Runnable::run);
		publisher.attach(List.of(new Recorder()));
		InstantSource clock = () -> this.now;
		this.monitor = new FailoverMonitor(settings, nodes,
				new RouteApplier(this.pair.currentRoute(), nodes, settings, trigger, (work) -> {
					raiseFailure();
					work.run();
				}), publisher, clock.withZone(ZoneOffset.UTC));
	}

	private MonitoredNode monitored(Node node, NodePool pool) {
		CircuitBreaker breaker = CircuitBreaker.ofDefaults(node.name());
		this.breakers.put(node, breaker);
		NodeBreaker ours = new NodeBreaker(breaker);
		ProbeSignal signal = new ProbeSignal(ours, new ProbeClock(Clock.fixed(NOW, ZoneOffset.UTC), () -> {
			raiseFailure();
			return System.nanoTime();
		}));
		this.signals.put(node, signal);
		return new MonitoredNode(node, "db:1/orders", pool, ours, signal);
	}

	/**
	 * Lets the worker threads and the signals of the probers fail from now on.
	 */
	void failWith(@Nullable Throwable failure) {
		this.failure = failure;
	}

	private void raiseFailure() {
		if (this.failure != null) {
			Failures.raise(this.failure);
		}
	}

	CircuitBreaker breaker(Node node) {
		return Objects.requireNonNull(this.breakers.get(node));
	}

	ProbeSignal signal(Node node) {
		return Objects.requireNonNull(this.signals.get(node));
	}

	/**
	 * Lets the primary lead and the mirror follow it.
	 */
	MonitorFixture start() throws InterruptedException {
		answers(PRIMARY, Role.WRITABLE, 1);
		answers(MIRROR, Role.READ_ONLY, 1);
		return this;
	}

	/**
	 * Lets a node answer a probe, and a follower tell that it receives a log.
	 */
	void answers(Node node, Role role, long generation) throws InterruptedException {
		answers(node, new Reading(role, null, new GenerationHistory(CLUSTER, generation, POSITION)));
	}

	/**
	 * Lets a node answer a probe from a named server.
	 */
	void answers(Node node, String instance, Role role) throws InterruptedException {
		answers(node, new Reading(role, instance, new GenerationHistory(CLUSTER, 1L, POSITION)));
	}

	/**
	 * Lets a follower answer a probe, but not what it replicates.
	 */
	void tellsNoReplication(Node node) throws InterruptedException {
		probed(node, Verdict.UP, BreakerState.CLOSED,
				new Reading(Role.READ_ONLY, null, new GenerationHistory(CLUSTER, 1L, POSITION)), 0);
	}

	private void answers(Node node, Reading reading) throws InterruptedException {
		probed(node, Verdict.UP, BreakerState.CLOSED, reading, 0);
		this.monitor.replicationRead(node, new ReplicationReading(reading.role() == Role.READ_ONLY, null, List.of()),
				this.now);
		turn();
	}

	/**
	 * Lets a node answer that it can only be read.
	 * @param firstBadSignal {@link System#nanoTime()} of the first sign of it, 0 for none
	 */
	void isDemoted(Node node, long firstBadSignal) throws InterruptedException {
		probed(node, Verdict.UP, BreakerState.CLOSED,
				new Reading(Role.READ_ONLY, null, new GenerationHistory(CLUSTER, 1L, POSITION)), firstBadSignal);
	}

	/**
	 * Lets one probe of a node fail, which does not open its breaker.
	 */
	void fails(Node node) throws InterruptedException {
		probed(node, Verdict.DOWN, BreakerState.CLOSED, null, System.nanoTime());
	}

	/**
	 * Lets a node answer with an error that proves that it is alive.
	 */
	void refuses(Node node, String error, ErrorClass errorClass) throws InterruptedException {
		Probe probe = new Probe(this.now, Duration.ofMillis(1), Verdict.IMPAIRED, error, errorClass);
		this.monitor.probed(new ProbeResult(node, null, probe, System.nanoTime(), null, BreakerState.CLOSED, 0));
		turn();
	}

	/**
	 * Lets the breaker of a node open.
	 * @param firstBadSignal {@link System#nanoTime()} of the first sign of it, 0 for none
	 */
	void isLost(Node node, long firstBadSignal) throws InterruptedException {
		probed(node, Verdict.DOWN, BreakerState.OPEN, null, firstBadSignal);
	}

	private void probed(Node node, Verdict verdict, BreakerState breaker, @Nullable Reading reading, long signal)
			throws InterruptedException {
		Probe probe = new Probe(this.now, Duration.ofMillis(1), verdict, (reading != null) ? null : "08001 refused");
		this.monitor.probed(new ProbeResult(node, null, probe, System.nanoTime(), reading, breaker, signal));
		turn();
	}

	void turn() throws InterruptedException {
		this.monitor.run();
	}

	void pass(Duration time) throws InterruptedException {
		this.now = this.now.plus(time);
		turn();
	}

	FailoverState state() {
		return this.monitor.state();
	}

	List<Condition.Kind> conditions() {
		return state().conditions().stream().map(Condition::kind).toList();
	}

	/**
	 * Borrows a connection, which is in use until the test ends.
	 */
	Connection borrow() throws SQLException {
		Connection connection = this.pair.dataSource.getConnection();
		this.borrowed.add(connection);
		return connection;
	}

	@Override
	public void close() throws SQLException {
		for (Connection connection : this.borrowed) {
			connection.close();
		}
		this.pair.close();
	}

	/**
	 * Observer that records what it is told.
	 */
	private final class Recorder implements FailoverObserver {

		@Override
		public void probed(Node node, Probe probe) {
			MonitorFixture.this.probes.add(probe);
		}

		@Override
		public void changed(FailoverEvent event) {
			MonitorFixture.this.events.add(event);
			if (event instanceof RouteChangedEvent) {
				MonitorFixture.this.shown.add(state().route());
			}
		}

	}

}
