package dev.failover.actuator;

import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Meters of failover: name, description and base unit of each.
 */
enum FailoverMeter {

	ROUTE("failover.route", "1 if work of this access goes to the node, else 0", null),

	READY("failover.ready", "1 if another node could take over now, else 0", null),

	ENGINE_WORKING("failover.engine.working", "1 while the engine works, 0 if losses of nodes are not noticed", null),

	CONDITION("failover.condition", "1 while the condition lasts, else 0; node is 'all' if it is about the whole",
			null),

	NODE_UP("failover.node.up", "1 if the node answers and its breaker permits its use, else 0", null),

	NODE_WRITABLE("failover.node.writable", "1 if the node is up and accepts writes, else 0", null),

	LAG("failover.replication.lag", "Age of the node's data behind the leader's; not a number while unknown",
			"seconds"),

	BEHIND("failover.replication.behind",
			"Distance of the node behind the leader, in the unit of its tag; " + "not a number while unknown", null),

	PROBE("failover.probe", "Time that probes of the node took", null),

	DETECTION("failover.detection", "Time from the first bad signal of a lost node to the new route", null),

	CHANGES("failover.changes", "Changes of the route", "changes"),

	REQUESTS("failover.requests",
			"Requests for a connection that waited for a route and were served (held), "
					+ "or found no node in time (refused)",
			"requests"),

	WAITING("failover.requests.waiting", "Requests for a connection that wait for a route now", null),

	OPERATIONS("failover.operations", "Operations that operators requested, by their outcome", "operations"),

	ABORTED("failover.connections.aborted", "Connections in use that were aborted on nodes that the route left", null),

	SUSPICIONS("failover.suspicions", "Errors in traffic that made the node be probed at once", "suspicions"),

	OUTCOMES_UNKNOWN("failover.outcomes.unknown",
			"Commits, and writes outside of transactions, that may or may not be stored: the node was lost before it "
					+ "answered",
			null),

	FINDINGS("failover.findings", "Current findings of the doctor", "findings");

	private final String meter;

	private final String description;

	private final @Nullable String baseUnit;

	FailoverMeter(String meter, String description, @Nullable String baseUnit) {
		this.meter = meter;
		this.description = description;
		this.baseUnit = baseUnit;
	}

	/**
	 * Registers a gauge that holds its source strongly.
	 */
	void gauge(MeterRegistry registry, Tags tags, Supplier<Number> value) {
		Gauge.builder(this.meter, value)
			.description(this.description)
			.baseUnit(this.baseUnit)
			.tags(tags)
			.register(registry);
	}

	/**
	 * Registers a counter that holds its source weakly.
	 */
	<T> void counter(MeterRegistry registry, Tags tags, T source, ToDoubleFunction<T> count) {
		FunctionCounter.builder(this.meter, source, count)
			.description(this.description)
			.baseUnit(this.baseUnit)
			.tags(tags)
			.register(registry);
	}

	/**
	 * Returns a timer, registered if it is not yet.
	 */
	Timer timer(MeterRegistry registry, Tags tags) {
		return Timer.builder(this.meter).description(this.description).tags(tags).register(registry);
	}

}
