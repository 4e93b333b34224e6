package dev.failover.internal.monitor;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import dev.failover.Condition;
import dev.failover.ConditionChangedEvent;
import dev.failover.FailoverEvent;
import dev.failover.FailoverObserver;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.NodeStateChangedEvent;
import dev.failover.NodeStatus;
import dev.failover.Probe;
import dev.failover.RouteChange;
import dev.failover.RouteChangedEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people and observers what changed: one log line per transition, at WARN when it
 * costs something. An observer that fails is logged and changes nothing, and one that is
 * slow to hear of a change delays the next one's news, never the monitor. Thread-safe.
 */
public final class ChangePublisher {

	private static final Logger logger = LoggerFactory.getLogger("dev.failover");

	/** What happens before observers are attached is kept for them, up to this. */
	private static final int MAX_EARLY_NEWS = 1_000;

	private final Queue<Consumer<FailoverObserver>> early = new LinkedBlockingQueue<>(MAX_EARLY_NEWS);

	private final Executor workers;

	private volatile @Nullable List<FailoverObserver> observers;

	/** Ends when all have been told of the last change. */
	private CompletableFuture<@Nullable Void> told = CompletableFuture.completedFuture(null);

	/**
	 * Create an announcer.
	 * @param workers threads that may block while observers are told of changes
	 */
	public ChangePublisher(Executor workers) {
		this.workers = workers;
	}

	/**
	 * Attach the observers, and tell them what happened before they were there.
	 */
	public void attach(List<FailoverObserver> observers) {
		List<FailoverObserver> attached = List.copyOf(observers);
		List<Consumer<FailoverObserver>> before;
		synchronized (this.early) {
			before = List.copyOf(this.early);
			this.early.clear();
			this.observers = attached;
		}
		before.forEach((news) -> attached.forEach((observer) -> tell(observer, news)));
	}

	public void probed(Node node, Probe probe) {
		tell((observer) -> observer.probed(node, probe));
	}

	public void suspected(Node node) {
		tell((observer) -> observer.suspected(node));
	}

	public void routeChanged(RouteChangedEvent event) {
		String line = line(event);
		if (event.current().mode() == Mode.NORMAL) {
			logger.info(line);
		}
		else {
			logger.warn(line);
		}
		publish(event);
	}

	public void nodeChanged(NodeStatus previous, NodeStatus current) {
		logger.info("Node '{}' is {} {} (was {} {}){}", current.node(), current.state(), current.role(),
				previous.state(), previous.role(), error(current));
		publish(new NodeStateChangedEvent(previous, current));
	}

	public void conditionChanged(Condition condition, boolean raised) {
		if (raised) {
			logger.warn("Condition {} raised: {}", condition.label(), condition.detail());
		}
		else {
			logger.info("Condition {} cleared", condition.label());
		}
		publish(new ConditionChangedEvent(condition, raised));
	}

	private static String line(RouteChangedEvent event) {
		RouteChange change = event.transition();
		StringBuilder line = new StringBuilder("Route ").append(change.epoch())
			.append(": ")
			.append(change.mode())
			.append(", writes ")
			.append((change.from() != null) ? change.from() : "none")
			.append(" -> ")
			.append((change.to() != null) ? change.to() : "none")
			.append(", reads -> ")
			.append((event.current().reads() != null) ? event.current().reads() : "none")
			.append("; ")
			.append(change.cause().label());
		if (change.detection() != null) {
			line.append(" after ").append(change.detection().toMillis()).append(" ms");
		}
		if (change.abortedConnections() > 0) {
			line.append(", ").append(change.abortedConnections()).append(" connection(s) in use aborted");
		}
		return line.append(": ").append(change.evidence()).toString();
	}

	private static String error(NodeStatus status) {
		Probe probe = status.lastProbe();
		return (probe != null && probe.error() != null) ? ": " + probe.error() : "";
	}

	/**
	 * Tell of a change, after those before it, while the monitor goes on: a listener may
	 * call somebody, or ask for a connection that is to be had only when the monitor has
	 * found a route.
	 */
	private synchronized void publish(FailoverEvent event) {
		try {
			this.told = this.told.handleAsync((done, failure) -> {
				tell((observer) -> observer.changed(event));
				return null;
			}, this.workers);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Closed before anybody was told of {}", event, ex);
		}
	}

	private void tell(Consumer<FailoverObserver> news) {
		List<FailoverObserver> attached = this.observers;
		if (attached == null) {
			attached = keepEarly(news);
		}
		attached.forEach((observer) -> tell(observer, news));
	}

	/**
	 * Keep news for observers to come.
	 * @return the observers that have come meanwhile, who must be told
	 */
	private List<FailoverObserver> keepEarly(Consumer<FailoverObserver> news) {
		synchronized (this.early) {
			List<FailoverObserver> attached = this.observers;
			if (attached != null) {
				return attached;
			}
			this.early.offer(news);
			return List.of();
		}
	}

	private static void tell(FailoverObserver observer, Consumer<FailoverObserver> news) {
		try {
			news.accept(observer);
		}
		catch (RuntimeException ex) {
			logger.warn("An observer of failover failed: {}", observer.getClass().getName(), ex);
		}
	}

}
