package dev.failover.internal.monitor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import dev.failover.Cause;
import dev.failover.Condition;
import dev.failover.FailoverState;
import dev.failover.History;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.OperationRefusedException;
import dev.failover.Role;
import dev.failover.Route;
import dev.failover.RouteChange;
import dev.failover.RouteChangedEvent;
import dev.failover.Verdict;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import dev.failover.internal.concurrent.SupervisedThread;
import dev.failover.internal.concurrent.UnexpectedErrors;
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
 * Evaluates probe results, decides the route and applies it, in the turns of a single
 * thread. All other threads only send it messages.
 * <p>
 * Thread-safe: probe results are queued; the published state is immutable. An error of a
 * collaborator ends one step of one turn. What a change of the route entails is done
 * again in each turn until it has succeeded.
 */
public final class FailoverMonitor implements ProbeListener, SupervisedThread.Turn {

	private static final Logger logger = LoggerFactory.getLogger(FailoverMonitor.class);

	/** Milliseconds between two turns while a switchover is under way. */
	private static final long SWITCHOVER_PACE = 5;

	/** Longest time that a turn takes beside the wait for a message. */
	private static final Duration LONGEST_TURN = Duration.ofSeconds(10);

	private final FailoverSettings settings;

	private final MonitoredNodes nodes;

	private final RouteApplier applier;

	private final ChangePublisher publisher;

	private final Clock clock;

	private final Policy policy;

	private final ConditionRules conditions;

	private final ClusterState cluster;

	private final RecentChanges changes;

	private final Inbox inbox = new Inbox();

	private final UnexpectedErrors errors = new UnexpectedErrors(logger, "The failover monitor met an unexpected error "
			+ "while it evaluated the nodes. Failover goes on with the next probe; please report this");

	private final Map<Node, History> appliedHistories = new ConcurrentHashMap<>();

	private volatile FailoverState state;

	private Flaps flaps = Flaps.NONE;

	private boolean paused;

	private @Nullable Switchover switchover;

	/** Change that was published, or is about to be, and is not recorded yet. */
	private @Nullable Unrecorded unrecorded;

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
		this.nodes.pool(result.node()).probed((reading != null) ? reading.role() : Role.UNKNOWN, result.startedNanos());
		this.publisher.probed(result.node(), result.probe());
		this.inbox.send(() -> learn(result));
	}

	@Override
	public void replicationRead(Node node, @Nullable ReplicationReading reading, Instant at) {
		this.inbox.send(() -> this.cluster.learn(node, reading, at));
	}

	/**
	 * Stops automatic changes, or allows them again.
	 * @return completes when the change is in force
	 */
	public CompletableFuture<Void> pause(boolean pause) {
		return this.inbox.order((outcome) -> {
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
		return this.inbox.order((outcome) -> {
			if (this.switchover != null) {
				throw new OperationRefusedException("A switchover to '" + this.switchover.target() + "' is under way");
			}
			Situation situation = situation();
			new SwitchoverCheck(situation, this.conditions.evaluate(situation, this.state.conditions())).check(target,
					force);
			Switchover requested = new Switchover(target, operator, situation, this.settings.switchover(), outcome);
			begin(requested);
		});
	}

	private void begin(Switchover requested) {
		try {
			this.applier.beginSwitchover();
			this.switchover = requested;
		}
		catch (Throwable ex) {
			requested.fail(ex, this.applier);
		}
	}

	/**
	 * Returns the longest time that a turn can take.
	 */
	public Duration longestTurn() {
		return this.settings.detection().interval().plus(LONGEST_TURN);
	}

	/**
	 * Waits for a message and runs one turn.
	 */
	@Override
	public void run() throws InterruptedException {
		long pause = (this.switchover != null) ? SWITCHOVER_PACE : this.settings.detection().interval().toMillis();
		Runnable message = this.inbox.poll(Duration.ofMillis(pause));
		if (message != null) {
			step(message);
		}
		step(this::observeBreakers);
		step(this::recordChange);
		step((this.switchover != null) ? this::advance : this::decide);
		step(() -> this.nodes.noteShared(this.cluster.all()));
		step(() -> this.applier.tend(this.cluster.all()));
		step(() -> this.applier.abortLate(this.clock.instant()));
		step(this::publishState);
	}

	/**
	 * Runs one step of a turn. An error ends the step: those after it do not depend on
	 * its success.
	 */
	private void step(Runnable step) {
		try {
			step.run();
		}
		catch (Throwable ex) {
			this.errors.report(ex);
		}
	}

	/**
	 * Refuses what operators have requested: the engine is closed.
	 */
	@Override
	public void end() {
		Switchover current = this.switchover;
		if (current != null) {
			this.switchover = null;
			current.refuse("Failover is closed");
		}
		this.inbox.refuseAll();
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

	/**
	 * Advances the switchover. An error gives it up: requests must not be held for
	 * longer.
	 */
	private void advance() {
		Switchover current = this.switchover;
		if (current == null) {
			return;
		}
		try {
			advance(current, situation());
		}
		catch (Throwable ex) {
			this.switchover = null;
			current.fail(ex, this.applier);
			throw ex;
		}
	}

	private void advance(Switchover current, Situation situation) {
		switch (current.advance(situation, this.applier)) {
			case WAITING -> {
			}
			case FAILING_OVER -> failOver(current);
			case HOPELESS -> {
				this.switchover = null;
				current.giveUp(this.applier);
			}
			case DUE -> {
				change(this.policy.ordered(situation, current.target(), current.evidence()));
				complete(current);
			}
		}
	}

	/**
	 * Aborts the work on a node that was lost during the switchover, as the cluster
	 * manager can stop it before it promotes the target. The route leaves it when another
	 * node accepts writes, or if the promotion takes long.
	 */
	private void failOver(Switchover current) {
		Situation situation = situation();
		this.applier.abortWrites();
		this.policy.decide(situation)
			.filter((decision) -> decision.writes() != null || isLostForLong(situation))
			.ifPresent(this::change);
		Node writes = this.applier.route().writes();
		if (current.target().equals(writes)) {
			complete(current);
		}
		else if (writes != null && this.cluster.status(writes).isWritable()) {
			this.switchover = null;
			current.refuse("The node that took writes was lost during the switchover; they go to '" + writes + "' now");
		}
	}

	private boolean isLostForLong(Situation situation) {
		Duration budget = this.settings.detection().budget();
		Duration drain = this.settings.switchover().drain();
		Instant limit = situation.now().minus((drain.compareTo(budget) > 0) ? drain : budget);
		return situation.status(situation.route().writes())
			.filter((status) -> status.since().isBefore(limit))
			.isPresent();
	}

	private void complete(Switchover current) {
		this.switchover = null;
		current.complete(this.changes.last());
	}

	private void change(Decision decision) {
		Route previous = this.applier.route();
		Instant now = this.clock.instant();
		Duration detection = detection(previous, decision.cause());
		Duration heldUp = (detection != null) ? detection : Duration.ZERO;
		Route next = previous.next(decision.writes(), decision.reads(), decision.mode(), now, decision.cause());
		Unrecorded change = new Unrecorded(previous, next, decision.evidence(), detection);
		this.unrecorded = change;
		change.aborted = this.applier.apply(next, this.cluster.all(), heldUp, now);
		recordChange();
	}

	/**
	 * Records the last change of the route, unless that is done. All values are made
	 * before the first is kept, so that an error leaves all of it to be done again.
	 */
	private void recordChange() {
		Unrecorded pending = this.unrecorded;
		if (pending == null) {
			return;
		}
		Route next = pending.next;
		if (this.applier.route() != next) {
			this.unrecorded = null;
			return;
		}
		Flaps counted = countFlaps(pending.previous, next);
		RouteChange change = pending.toChange();
		this.cluster.lead(next.writes());
		if (next.cause() == Cause.SWITCHOVER) {
			this.cluster.choose(next.since());
		}
		this.nodes.setUrgent(next.writes() == null);
		this.changes.add(change);
		this.flaps = counted;
		this.unrecorded = null;
		publishState();
		this.publisher.routeChanged(new RouteChangedEvent(pending.previous, next, change), this.state);
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

	private Flaps countFlaps(Route previous, Route next) {
		boolean wasNormal = previous.mode() == Mode.NORMAL;
		boolean isNormal = next.mode() == Mode.NORMAL;
		if (wasNormal && !isNormal) {
			return this.flaps.lost(next.since(), this.settings.policy().minStay());
		}
		return (isNormal && previous.decided()) ? this.flaps.returned(next.since()) : this.flaps;
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

	/**
	 * Change of the route that is not recorded yet.
	 */
	private static final class Unrecorded {

		private final Route previous;

		private final Route next;

		private final String evidence;

		private final @Nullable Duration detection;

		private int aborted;

		Unrecorded(Route previous, Route next, String evidence, @Nullable Duration detection) {
			this.previous = previous;
			this.next = next;
			this.evidence = evidence;
			this.detection = detection;
		}

		RouteChange toChange() {
			return new RouteChange(this.next.epoch(), this.next.since(), this.next.mode(), this.previous.writes(),
					this.next.writes(), this.next.cause(), this.evidence, this.detection, this.aborted);
		}

	}

}
