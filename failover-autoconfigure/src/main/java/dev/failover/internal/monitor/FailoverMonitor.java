package dev.failover.internal.monitor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.failover.Cause;
import dev.failover.Condition;
import dev.failover.FailoverState;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.OperationRefusedException;
import dev.failover.PromotionTrigger;
import dev.failover.Route;
import dev.failover.RouteChange;
import dev.failover.RouteChangedEvent;
import dev.failover.Verdict;
import dev.failover.dialect.ReplicationReading;
import dev.failover.internal.detection.NodeProber;
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
 * The one thread that observes, decides and applies. Everything else only tells it.
 * <p>
 * Thread-safe: what probers tell is queued; the state that it publishes is immutable.
 */
public final class FailoverMonitor implements ProbeListener, Runnable {

	private static final Logger logger = LoggerFactory.getLogger(FailoverMonitor.class);

	/** Milliseconds between two looks at a switchover under way. */
	private static final long SWITCHOVER_PACE = 5;

	private final MonitorSettings settings;

	private final String positionUnit;

	private final Policy policy;

	private final ConditionRules conditions;

	private final Clock clock;

	private final ChangePublisher announcer;

	private final ClusterState knowledge;

	private final RecentChanges history;

	private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();

	private volatile Route route;

	private volatile FailoverState state;

	private volatile @Nullable Crew crew;

	private Flaps flaps = Flaps.NONE;

	private final Operations operations;

	public FailoverMonitor(MonitorSettings settings, List<Node> nodes, String positionUnit, Clock clock,
			ChangePublisher announcer) {
		this.settings = settings;
		this.positionUnit = positionUnit;
		this.policy = new Policy(settings.policy());
		this.conditions = new ConditionRules(settings.policy());
		this.clock = clock;
		this.announcer = announcer;
		this.knowledge = new ClusterState(nodes, settings.policy().maxLag(), clock.instant());
		this.history = new RecentChanges(settings.recentChanges());
		this.operations = new Operations();
		this.route = Route.undecided(clock.instant());
		this.state = new FailoverState(this.route, true, false, List.of(), null, settings.detectionBudget(),
				positionUnit, this.knowledge.all(), List.of());
	}

	/**
	 * The current route; already the new one while it is being applied.
	 */
	public Route route() {
		return this.route;
	}

	public FailoverState state() {
		return this.state;
	}

	/**
	 * Give the monitor its hands and eyes, before its thread starts.
	 */
	public void assign(RouteApplier applier, List<NodeProber> probers, Executor workers, PromotionTrigger trigger) {
		this.crew = new Crew(applier, List.copyOf(probers), workers, trigger);
	}

	@Override
	public void probed(ProbeResult result) {
		this.announcer.probed(result.node(), result.probe());
		this.inbox.add(() -> learn(result));
	}

	@Override
	public void replicationRead(Node node, @Nullable ReplicationReading reading, Instant at) {
		this.inbox.add(() -> this.knowledge.learn(node, reading, at));
	}

	/**
	 * Stop, or allow again, automatic changes. The outcome comes when it is in force.
	 */
	public CompletableFuture<Void> pause(boolean pause) {
		return order((outcome) -> {
			this.operations.pause(pause);
			outcome.complete(null);
		});
	}

	/**
	 * Move the route on purpose. The outcome comes when it has moved, or fails with
	 * {@link OperationRefusedException}.
	 */
	public CompletableFuture<RouteChange> switchover(Node target, boolean force, String operator) {
		return order((outcome) -> {
			Situation situation = situation();
			Switchover ordered = new Switchover(target, operator, situation.now(), this.settings, outcome);
			this.operations.begin(ordered, force, crew(), situation,
					this.conditions.evaluate(situation, this.state.conditions()));
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
				long pause = this.operations.switching() ? SWITCHOVER_PACE : this.settings.interval().toMillis();
				Runnable news = this.inbox.poll(pause, TimeUnit.MILLISECONDS);
				work((news != null) ? news : () -> {
				});
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * One turn. Whatever fails in it, the monitor lives on.
	 */
	private void work(Runnable news) {
		Crew hands = crew();
		try {
			news.run();
			observeBreakers(hands);
			if (this.operations.switching()) {
				progress(hands);
			}
			else {
				decide(hands);
			}
			hands.applier().tend(this.route, this.knowledge.all());
			hands.applier().abortLate(this.route, this.clock.instant());
			publishState();
		}
		catch (RuntimeException ex) {
			logger.error("The failover monitor failed in one turn and goes on", ex);
		}
	}

	private void learn(ProbeResult result) {
		NodeStatus before = this.knowledge.status(result.node());
		this.knowledge.learn(result);
		NodeStatus after = this.knowledge.status(result.node());
		if (before.state() != after.state() || before.role() != after.role()) {
			this.announcer.nodeChanged(before, after);
			crew().lookAtOthers(result.node());
		}
		if (result.probe().verdict() != Verdict.DOWN) {
			crew().applier().answered(result.node());
		}
		else if (!before.isLost()) {
			crew().lookAtOthers(result.node());
		}
	}

	private Crew crew() {
		Crew hands = this.crew;
		if (hands == null) {
			throw new IllegalStateException("The monitor runs without its hands and eyes");
		}
		return hands;
	}

	private void observeBreakers(Crew hands) {
		hands.probers().forEach((prober) -> this.knowledge.breaker(prober.node(), prober.breaker()));
	}

	private Situation situation() {
		return new Situation(this.route, this.knowledge.all(), this.knowledge.leader(), this.knowledge.lineage(),
				this.knowledge.splitBrain(), this.operations.paused(), this.flaps, this.clock.instant());
	}

	private void decide(Crew hands) {
		this.policy.decide(situation()).ifPresent((decision) -> change(hands, decision));
	}

	private void progress(Crew hands) {
		this.operations.progress(hands, situation()).ifPresent((due) -> {
			change(hands, this.policy.ordered(situation(), due.target(), due.evidence()));
			this.knowledge.leadByOrder(due.target());
			due.outcome().complete(this.history.last());
		});
	}

	private void change(Crew hands, Decision decision) {
		Route previous = this.route;
		Instant now = this.clock.instant();
		Duration detection = detection(previous, decision.cause());
		Duration heldUp = (detection != null) ? detection : Duration.ZERO;
		Route next = previous.next(decision.writes(), decision.reads(), decision.mode(), now, decision.cause());
		this.route = next;
		int aborted = hands.applier().apply(next, this.knowledge.all(), heldUp, now);
		countFlaps(previous, next);
		this.knowledge.lead(next.writes());
		hands.urgency(next.writes() == null);
		RouteChange transition = new RouteChange(next.epoch(), now, next.mode(), previous.writes(), next.writes(),
				next.cause(), decision.evidence(), detection, aborted);
		this.history.add(transition);
		publishState();
		this.announcer.routeChanged(new RouteChangedEvent(previous, next, transition), this.state);
	}

	/**
	 * Time from the first bad signal of the node that writes leave; null where there was
	 * none.
	 */
	private @Nullable Duration detection(Route previous, Cause cause) {
		Node left = previous.serving();
		if (left == null || (cause != Cause.NODE_LOST && cause != Cause.ROLE_CHANGED)) {
			return null;
		}
		long signal = this.knowledge.firstBadSignal(left);
		return (signal != 0) ? Duration.ofNanos(System.nanoTime() - signal) : null;
	}

	private void countFlaps(Route previous, Route next) {
		boolean wasHome = previous.mode() == Mode.NORMAL;
		boolean isHome = next.mode() == Mode.NORMAL;
		if (wasHome && !isHome) {
			this.flaps = this.flaps.lost(next.since(), this.settings.policy().minStay());
		}
		else if (isHome && previous.decided()) {
			this.flaps = this.flaps.returned(next.since());
		}
	}

	private void publishState() {
		Situation situation = situation();
		List<Condition> before = this.state.conditions();
		List<Condition> after = this.conditions.evaluate(situation, before);
		this.state = new FailoverState(this.route, !this.operations.paused(), this.conditions.isReady(situation), after,
				null, this.settings.detectionBudget(), this.positionUnit, situation.nodes(), this.history.all());
		difference(after, before).forEach((condition) -> this.announcer.conditionChanged(condition, true, this.state));
		difference(before, after).forEach((condition) -> this.announcer.conditionChanged(condition, false, this.state));
	}

	private static List<Condition> difference(List<Condition> all, List<Condition> without) {
		return all.stream().filter((condition) -> without.stream().noneMatch(condition::isSame)).toList();
	}

}
