package dev.failover.autoconfigure.observation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;

import dev.failover.Cause;
import dev.failover.FailoverEvent;
import dev.failover.FailoverObserver;
import dev.failover.Node;
import dev.failover.Operation;
import dev.failover.Operation.Outcome;
import dev.failover.RouteChange;
import dev.failover.RouteChangedEvent;
import io.micrometer.observation.Observation;
import io.micrometer.observation.Observation.Event;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Observations of changes of the route, operations and held requests.
 * <p>
 * Thread-safe. A request that is not held costs nothing. Names, tags and events are
 * listed in {@code docs/operations.md}.
 */
final class FailoverObservations implements FailoverObserver, AutoCloseable {

	static final String CHANGE = "failover.route.change";

	static final String OPERATION = "failover.operation";

	static final String HOLD = "failover.hold";

	private static final String NONE = "none";

	/** Most operations whose end is awaited. */
	private static final int MAX_OPERATIONS = 16;

	private final ObservationRegistry registry;

	/** Observation of a change that has left no node for writes, or null. */
	private @Nullable Observation change;

	private final Map<Operation, Observation> operations = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Entry<Operation, Observation> eldest) {
			boolean tooMany = size() > MAX_OPERATIONS;
			if (tooMany) {
				eldest.getValue().stop();
			}
			return tooMany;
		}

	};

	FailoverObservations(ObservationRegistry registry) {
		this.registry = registry;
	}

	/**
	 * Observes changes of the node for writes: from the change that leaves a node until
	 * the one that finds the next.
	 */
	@Override
	public synchronized void changed(FailoverEvent event) {
		if (event instanceof RouteChangedEvent changed && changed.change().cause() != Cause.STARTUP
				&& !Objects.equals(changed.change().from(), changed.change().to())) {
			observe(changed.change());
		}
	}

	private void observe(RouteChange routeChange) {
		Observation observation = this.change;
		if (observation == null) {
			observation = start(CHANGE, "failover route change", "from", name(routeChange.from()), "to", NONE, "cause",
					routeChange.cause().label());
			Duration detection = routeChange.detection();
			observation.highCardinalityKeyValue("detection", (detection != null) ? text(detection) : NONE);
		}
		Event event = event("changed", routeChange.to(), routeChange.epoch(), routeChange.cause().label());
		observation.lowCardinalityKeyValue("to", name(routeChange.to()))
			.highCardinalityKeyValue("epoch", Long.toString(routeChange.epoch()))
			.event(event);
		this.operations.values().forEach((operation) -> operation.event(event));
		this.change = (routeChange.to() == null) ? observation : null;
		if (routeChange.to() != null) {
			observation.stop();
		}
	}

	@Override
	public synchronized void operationRequested(Operation operation) {
		Observation observation = start(OPERATION, "failover " + operation.action().label(), "action",
				operation.action().label(), "node", name(operation.target()), "outcome", NONE);
		observation.highCardinalityKeyValue("detail", (operation.detail() != null) ? operation.detail() : NONE);
		this.operations.put(operation, observation);
	}

	@Override
	public synchronized void operationEnded(Operation operation, Outcome outcome) {
		Observation observation = this.operations.remove(operation);
		if (observation != null) {
			observation.lowCardinalityKeyValue("outcome", outcome.label()).stop();
		}
	}

	/**
	 * Observes a held request as a part of what the calling thread does.
	 */
	@Override
	public @Nullable HeldRequest held() {
		if (this.registry.isNoop()) {
			return null;
		}
		Observation observation = start(HOLD, "failover hold", "node", NONE, "outcome", NONE);
		return (route, node, held) -> {
			String outcome = (node != null) ? "served" : "refused";
			observation.lowCardinalityKeyValue("node", name(node))
				.lowCardinalityKeyValue("outcome", outcome)
				.highCardinalityKeyValue("epoch", Long.toString(route.epoch()))
				.highCardinalityKeyValue("held.for", text(held))
				.event(event(outcome, node, route.epoch(), "held for " + text(held)))
				.stop();
		};
	}

	/**
	 * Ends what has not ended: its end will not be told any more.
	 */
	@Override
	public synchronized void close() {
		this.operations.values().forEach(Observation::stop);
		this.operations.clear();
		if (this.change != null) {
			this.change.stop();
			this.change = null;
		}
	}

	private Observation start(String name, String contextualName, String... lowCardinality) {
		Observation observation = Observation.createNotStarted(name, this.registry).contextualName(contextualName);
		for (int i = 0; i < lowCardinality.length; i += 2) {
			observation.lowCardinalityKeyValue(lowCardinality[i], lowCardinality[i + 1]);
		}
		return observation.start();
	}

	/**
	 * Returns an event, whose text says the node and the epoch.
	 */
	private static Event event(String name, @Nullable Node node, long epoch, String detail) {
		return Event.of(name, name + ": node " + name(node) + ", epoch " + epoch + ", " + detail);
	}

	private static String name(@Nullable Node node) {
		return (node != null) ? node.name() : NONE;
	}

	private static String text(Duration duration) {
		return duration.toMillis() + " ms";
	}

}
