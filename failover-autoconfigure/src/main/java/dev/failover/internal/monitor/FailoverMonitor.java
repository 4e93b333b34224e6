package dev.failover.internal.monitor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.failover.Cause;
import dev.failover.Condition;
import dev.failover.FailoverState;
import dev.failover.History;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.OperationRefusedException;
import dev.failover.Route;
import dev.failover.RouteChange;
import dev.failover.RouteChangedEvent;
import dev.failover.Verdict;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import dev.failover.internal.detection.ProbeListener;
import dev.failover.internal.detection.ProbeResult;
import dev.failover.internal.policy.ConditionRules;
import dev.failover.internal.policy.Decision;
import dev.failover.internal.policy.Flaps;
import dev.failover.internal.policy.Policy;
import dev.failover.internal.policy.Situation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Single thread that evaluates probe results, decides the route and applies it. All other
 * threads only send it messages.
 * <p>
 * Thread-safe: probe results are queued; the published state is immutable.
 */
public final class FailoverMonitor implements ProbeListener, Runnable {

	private static final Logger logger = LoggerFactory.getLogger(FailoverMonitor.class);

	/** Milliseconds between two turns while a switchover is under way. */
	private static final long SWITCHOVER_PACE = 5;

	private final FailoverSettings settings;

	private final MonitoredNodes nodes;

	private final RouteApplier applier;

	private final ChangePublisher publisher;

	private final Clock clock;

	private final Policy policy;

	private final ConditionRules conditions;

	private final ClusterState cluster;

	private final RecentChanges changes;

	private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();

	private final Map<Node, History> appliedHistories = new ConcurrentHashMap<>();

	private volatile FailoverState state;

	private Flaps flaps = Flaps.NONE;

	private boolean paused;

	private @Nullable Switchover switchover;

	public FailoverMonitor(FailoverSettings settings, MonitoredNodes nodes, RouteApplier applier,
			ChangePublisher publisher, Clock clock) {
		this.settings = settings;
		this.nodes = nodes;
		this.applier = applier;
		this.publisher = publisher;
		this.clock = clock;
		this.policy = new Policy(settings.policy());
		this.conditions = new ConditionRules(settings.policy());
		this.cluster = new ClusterState(nodes.unknown(clock.instant()), settings.policy().maxLag());
		this.changes = new RecentChanges(settings.recentChanges());
		this.state = new FailoverState(applier.route(), true, false, List.of(), null, settings.detection().budget(),
				nodes.positionUnit(), this.cluster.all(), List.of());
	}

	/**
	 * Returns the state after the last turn.
	 */
	public FailoverState state() {
		return this.state;
	}

	/**
	 * Returns the history that a node is known to hold, or null if it is not known.
	 */
	public @Nullable History appliedHistory(Node node) {
		return this.appliedHistories.get(node);
	}

	@Override
	public void probed(ProbeResult result) {
		Reading reading = result.reading();
		History history = (reading != null) ? reading.history() : null;
		if (history != null) {
			this.appliedHistories.put(result.node(), history);
		}
		this.publisher.probed(result.node(), result.probe());
		this.inbox.add(() -> learn(result));
	}

	@Override
	public void replicationRead(Node node, @Nullable ReplicationReading reading, Instant at) {
		this.inbox.add(() -> this.cluster.learn(node, reading, at));
	}

	/**
	 * Stops automatic changes, or allows them again.
	 * @return completes when the change is in force
	 */
	public CompletableFuture<Void> pause(boolean pause) {
		return order((outcome) -> {
			this.paused = pause;
			publishState();
			outcome.complete(null);
		});
	}

	/**
	 * Moves the route on request of an operator.
	 * @return completes when the route has moved, or fails with
	 * {@link OperationRefusedException}
	 */
	public CompletableFuture<RouteChange> switchover(Node target, boolean force, String operator) {
		return order((outcome) -> {
			if (this.switchover != null) {
				throw new OperationRefusedException("A switchover to '" + this.switchover.target() + "' is under way");
			}
			Situation situation = situation();
			new SwitchoverCheck(situation, this.conditions.evaluate(situation, this.state.conditions())).check(target,
					force);
			this.switchover = new Switchover(target, operator, situation.now(), this.settings.switchover(), outcome);
			this.applier.beginSwitchover();
		});
	}

	private <T> CompletableFuture<T> order(Consumer<CompletableFuture<T>> order) {
		CompletableFuture<T> outcome = new CompletableFuture<>();
		this.inbox.add(() -> {
			try {
				order.accept(outcome);
			}
			catch (RuntimeException ex) {
				outcome.completeExceptionally(ex);
			}
		});
		return outcome;
	}

	@Override
	public void run() {
		try {
			while (!Thread.currentThread().isInterrupted()) {
				long pause = (this.switchover != null) ? SWITCHOVER_PACE
						: this.settings.detection().interval().toMillis();
				turn(this.inbox.poll(pause, TimeUnit.MILLISECONDS));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Runs one turn. A failure ends the turn, not the monitor.
	 */
	private void turn(@Nullable Runnable message) {
		try {
			if (message != null) {
				message.run();
			}
			observeBreakers();
			if (this.switchover != null) {
				advance(this.switchover);
			}
			else {
				decide();
			}
			this.nodes.noteShared(this.cluster.all());
			this.applier.tend(this.cluster.all());
			this.applier.abortLate(this.clock.instant());
			publishState();
		}
		catch (RuntimeException ex) {
			logger.error("The failover monitor met an unexpected error while it evaluated the nodes. Failover keeps "
					+ "running with the next probe; please report this", ex);
		}
	}

	private void learn(ProbeResult result) {
		NodeStatus before = this.cluster.status(result.node());
		this.cluster.learn(result);
		NodeStatus after = this.cluster.status(result.node());
		if (before.instance() != null && after.instance() != null && !before.isSameServer(after)) {
			this.applier.serverReplaced(before, after);
		}
		if (before.state() != after.state() || before.role() != after.role()) {
			this.publisher.nodeChanged(before, after);
			this.nodes.probeAll();
		}
		if (result.probe().verdict() != Verdict.DOWN) {
			this.nodes.pool(result.node()).answered();
		}
		else if (!before.isLost()) {
			this.nodes.probeOthers(result.node());
		}
	}

	private void observeBreakers() {
		this.nodes.forEach((node) -> this.cluster.breaker(node.node(), node.breaker().state()));
	}

	private Situation situation() {
		return new Situation(this.applier.route(), this.cluster.all(), this.cluster.leadership(),
				this.cluster.rivalry(), this.paused, this.flaps, this.clock.instant());
	}

	private void decide() {
		Situation situation = situation();
		this.policy.leaderInPause(situation).ifPresent(this.cluster::leadInPause);
		this.policy.decide(situation).ifPresent(this::change);
	}

	private void advance(Switchover current) {
		Situation situation = situation();
		switch (current.advance(situation, this.applier)) {
			case WAITING -> {
			}
			case HOPELESS -> {
				this.switchover = null;
				current.giveUp(this.applier);
			}
			case DUE -> {
				this.switchover = null;
				change(this.policy.ordered(situation, current.target(), current.evidence()));
				current.complete(this.changes.last());
			}
		}
	}

	private void change(Decision decision) {
		Route previous = this.applier.route();
		Instant now = this.clock.instant();
		Duration detection = detection(previous, decision.cause());
		Duration heldUp = (detection != null) ? detection : Duration.ZERO;
		Route next = previous.next(decision.writes(), decision.reads(), decision.mode(), now, decision.cause());
		int aborted = this.applier.apply(next, this.cluster.all(), heldUp, now);
		countFlaps(previous, next);
		this.cluster.lead(next.writes());
		this.nodes.setUrgent(next.writes() == null);
		RouteChange change = new RouteChange(next.epoch(), now, next.mode(), previous.writes(), next.writes(),
				next.cause(), decision.evidence(), detection, aborted);
		this.changes.add(change);
		publishState();
		this.publisher.routeChanged(new RouteChangedEvent(previous, next, change), this.state);
	}

	/**
	 * Returns the time since the first bad signal of the node that writes leave, or null
	 * if there was none.
	 */
	private @Nullable Duration detection(Route previous, Cause cause) {
		Node left = previous.serving();
		if (left == null || (cause != Cause.NODE_LOST && cause != Cause.ROLE_CHANGED)) {
			return null;
		}
		long signal = this.cluster.firstBadSignal(left);
		return (signal != 0) ? Duration.ofNanos(System.nanoTime() - signal) : null;
	}

	private void countFlaps(Route previous, Route next) {
		boolean wasNormal = previous.mode() == Mode.NORMAL;
		boolean isNormal = next.mode() == Mode.NORMAL;
		if (wasNormal && !isNormal) {
			this.flaps = this.flaps.lost(next.since(), this.settings.policy().minStay());
		}
		else if (isNormal && previous.decided()) {
			this.flaps = this.flaps.returned(next.since());
		}
	}

	private void publishState() {
		Situation situation = situation();
		List<Condition> before = this.state.conditions();
		List<Condition> after = this.conditions.evaluate(situation, before);
		this.state = new FailoverState(situation.route(), !this.paused, this.conditions.isReady(situation), after, null,
				this.settings.detection().budget(), this.nodes.positionUnit(), situation.nodes(), this.changes.all());
		difference(after, before).forEach((condition) -> this.publisher.conditionChanged(condition, true, this.state));
		difference(before, after).forEach((condition) -> this.publisher.conditionChanged(condition, false, this.state));
	}

	private static List<Condition> difference(List<Condition> all, List<Condition> without) {
		return all.stream().filter((condition) -> without.stream().noneMatch(condition::isSame)).toList();
	}

}
