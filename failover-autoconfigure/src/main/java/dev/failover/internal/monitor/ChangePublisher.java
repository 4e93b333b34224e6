package dev.failover.internal.monitor;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import dev.failover.Condition;
import dev.failover.ConditionChangedEvent;
import dev.failover.FailoverObserver;
import dev.failover.FailoverObserver.HeldRequest;
import dev.failover.FailoverState;
import dev.failover.Node;
import dev.failover.NodeStateChangedEvent;
import dev.failover.NodeStatus;
import dev.failover.Operation;
import dev.failover.OperationRefusedException;
import dev.failover.Probe;
import dev.failover.RouteChangedEvent;
import dev.failover.internal.concurrent.UnexpectedErrors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;

/**
 * Publishes changes, operations, probes and suspicions: logs changes and operations at
 * once, then calls each observer.
 * <p>
 * Thread-safe. Never throws. Observers are notified of changes and operations in order,
 * on worker threads. A slow observer delays later notifications, never the monitor; it
 * misses the oldest of too many. An exception or error of an observer is logged and has
 * no other effect.
 */
public final class ChangePublisher {

	private static final Logger logger = LoggerFactory.getLogger("dev.failover");

	/** Most notifications that are kept until observers are attached. */
	private static final int MAX_EARLY = 1_000;

	/** Most notifications that wait for a slow observer. */
	private static final int MAX_PENDING = 1_000;

	private final ChangeLog log;

	private final UnexpectedErrors errors = new UnexpectedErrors(logger,
			"A change could not be logged or told to the observers. Failover continues");

	private final UnexpectedErrors missed = new UnexpectedErrors(logger, "The failover observers are so slow that "
			+ "notifications were dropped, the oldest first. Failover continues; correct the observers");

	private final Queue<Consumer<FailoverObserver>> early = new LinkedBlockingQueue<>(MAX_EARLY);

	private final Executor workers;

	private volatile @Nullable List<FailoverObserver> observers;

	/** Notifications that wait for the observers, guarded by this object's lock. */
	private final Deque<Consumer<FailoverObserver>> pending = new ArrayDeque<>();

	/** Whether a worker delivers them, guarded by this object's lock. */
	private boolean delivering;

	/**
	 * Creates a publisher.
	 * @param workers threads that may block while observers are called
	 */
	public ChangePublisher(Executor workers) {
		this(workers, logger);
	}

	private ChangePublisher(Executor workers, Logger log) {
		this.workers = workers;
		this.log = new ChangeLog(log);
	}

	/**
	 * Returns a publisher that logs nothing and whose observer does nothing.
	 */
	public static ChangePublisher silent(Executor workers) {
		ChangePublisher silent = new ChangePublisher(workers, NOPLogger.NOP_LOGGER);
		silent.attach(List.of(new FailoverObserver() {
		}));
		return silent;
	}

	/**
	 * Attaches the observers and notifies them of what happened before.
	 */
	public void attach(List<FailoverObserver> observers) {
		List<FailoverObserver> attached = List.copyOf(observers);
		List<Consumer<FailoverObserver>> before;
		synchronized (this.early) {
			before = List.copyOf(this.early);
			this.early.clear();
			this.observers = attached;
		}
		before.forEach((notification) -> notifyObservers(attached, notification));
	}

	/**
	 * Publishes the end of a probe, on the calling thread.
	 */
	public void probed(Node node, Probe probe) {
		deliver((observer) -> observer.probed(node, probe));
	}

	/**
	 * Publishes a suspicion, on the calling thread.
	 */
	public void suspected(Node node) {
		deliver((observer) -> observer.suspected(node));
	}

	/**
	 * Publishes that the application was told of an unknown outcome, on the calling
	 * thread.
	 */
	public void outcomeUnknown(Node node) {
		deliver((observer) -> observer.outcomeUnknown(node));
	}

	/**
	 * Publishes that a request for a connection begins to wait for a route, on the
	 * calling thread, unless no observer is attached yet.
	 * @return is told of the end of the wait, or null if no observer wants to know
	 */
	public @Nullable HeldRequest held() {
		List<FailoverObserver> attached = this.observers;
		List<Held> held = new ArrayList<>();
		if (attached != null) {
			notifyObservers(attached, (observer) -> {
				HeldRequest request = observer.held();
				if (request != null) {
					held.add(new Held(observer, request));
				}
			});
		}
		return held.isEmpty() ? null : (route, node, time) -> held
			.forEach((each) -> notifyObserver(each.observer(), (observer) -> each.request().ended(route, node, time)));
	}

	/**
	 * Publishes a change of the route.
	 * @param state the state after the change
	 */
	public void routeChanged(RouteChangedEvent event, FailoverState state) {
		log(() -> this.log.routeChanged(event, state));
		deliverLater((observer) -> observer.changed(event));
	}

	/**
	 * Publishes a change of a node's state or role.
	 */
	public void nodeChanged(NodeStatus previous, NodeStatus current) {
		log(() -> this.log.nodeChanged(previous, current));
		deliverLater((observer) -> observer.changed(new NodeStateChangedEvent(previous, current)));
	}

	/**
	 * Publishes that a condition was raised or has cleared.
	 * @param state the state after the change
	 */
	public void conditionChanged(Condition condition, boolean raised, FailoverState state) {
		log(() -> this.log.conditionChanged(condition, raised, state));
		deliverLater((observer) -> observer.changed(new ConditionChangedEvent(condition, raised)));
	}

	/**
	 * Publishes that an operation was requested.
	 */
	public void operationRequested(Operation operation, FailoverState state) {
		log(() -> this.log.operationRequested(operation, state));
		deliverLater((observer) -> observer.operationRequested(operation));
	}

	/**
	 * Publishes the end of an operation.
	 * @param took time since it was requested
	 * @param failure reason why it was refused or failed, or null if it is done
	 */
	public void operationEnded(Operation operation, Duration took, @Nullable Throwable failure, FailoverState state) {
		Operation.Outcome outcome = outcome(failure);
		log(() -> this.log.operationEnded(operation, outcome, took, failure, state));
		deliverLater((observer) -> observer.operationEnded(operation, outcome));
	}

	private static Operation.Outcome outcome(@Nullable Throwable failure) {
		if (failure == null) {
			return Operation.Outcome.DONE;
		}
		return (failure instanceof OperationRefusedException) ? Operation.Outcome.REFUSED : Operation.Outcome.FAILED;
	}

	/**
	 * Delivers a notification asynchronously, after those before it. Synchronous delivery
	 * could deadlock: a listener may request a connection that exists only after the
	 * monitor has decided.
	 */
	private void deliverLater(Consumer<FailoverObserver> notification) {
		try {
			if (add(notification)) {
				this.workers.execute(this::deliverPending);
			}
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Failover is closed; observers are not notified any more", ex);
			stopDelivering();
		}
		catch (Throwable ex) {
			stopDelivering();
			this.errors.report(ex);
		}
	}

	/**
	 * Adds a notification.
	 * @return whether no worker delivers yet, so that the caller has to ask one
	 */
	private synchronized boolean add(Consumer<FailoverObserver> notification) {
		this.pending.addLast(notification);
		if (this.pending.size() > MAX_PENDING) {
			this.pending.removeFirst();
			this.missed.report(new IllegalStateException("An observer does not return"));
		}
		boolean idle = !this.delivering;
		this.delivering = true;
		return idle;
	}

	private synchronized void stopDelivering() {
		this.delivering = false;
	}

	private void deliverPending() {
		try {
			for (Consumer<FailoverObserver> next = next(); next != null; next = next()) {
				deliver(next);
			}
		}
		catch (Throwable ex) {
			stopDelivering();
			this.errors.report(ex);
		}
	}

	private synchronized @Nullable Consumer<FailoverObserver> next() {
		Consumer<FailoverObserver> next = this.pending.pollFirst();
		this.delivering = next != null;
		return next;
	}

	private void log(Runnable line) {
		try {
			line.run();
		}
		catch (Throwable ex) {
			this.errors.report(ex);
		}
	}

	private void deliver(Consumer<FailoverObserver> notification) {
		List<FailoverObserver> attached = this.observers;
		if (attached == null) {
			attached = keepEarly(notification);
		}
		notifyObservers(attached, notification);
	}

	/**
	 * Keeps a notification until observers are attached.
	 * @return the observers to notify now, which were attached in the meantime
	 */
	private List<FailoverObserver> keepEarly(Consumer<FailoverObserver> notification) {
		synchronized (this.early) {
			List<FailoverObserver> attached = this.observers;
			if (attached != null) {
				return attached;
			}
			this.early.offer(notification);
			return List.of();
		}
	}

	private void notifyObservers(List<FailoverObserver> observers, Consumer<FailoverObserver> notification) {
		observers.forEach((observer) -> notifyObserver(observer, notification));
	}

	/**
	 * Calls one observer. This is the only place that catches its exceptions.
	 */
	private void notifyObserver(FailoverObserver observer, Consumer<FailoverObserver> notification) {
		try {
			notification.accept(observer);
		}
		catch (Throwable ex) {
			log(() -> logger.warn(
					"The failover observer {} has thrown an exception. Failover continues; correct the observer",
					observer.getClass().getName(), ex));
		}
	}

	/**
	 * Held request that an observer wants to be told of.
	 */
	private record Held(FailoverObserver observer, HeldRequest request) {

	}

}
