package dev.failover.autoconfigure.metrics;

import java.util.Map;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;

/**
 * Describes the meters that Micrometer derives from the observations of failover, which
 * it leaves without a description. Thread-safe.
 */
final class ObservationDescriptions implements MeterFilter {

	private static final Map<String, String> DESCRIPTIONS = Map.ofEntries(
			Map.entry("failover.route.change",
					"Time from the loss of the node for writes until another one takes them"),
			Map.entry("failover.route.change.active", "Losses of the node for writes that no other one has ended yet"),
			Map.entry("failover.route.change.changed", "Changes of the route that are part of such a loss"),
			Map.entry("failover.operation", "Time that operations of operators took"),
			Map.entry("failover.operation.active", "Operations of operators under way"),
			Map.entry("failover.operation.changed", "Changes of the route during an operation"),
			Map.entry("failover.hold", "Time for which requests for a connection waited for a route"),
			Map.entry("failover.hold.active", "Requests for a connection that wait for a route"),
			Map.entry("failover.hold.served", "Requests for a connection that waited for a route and were served"),
			Map.entry("failover.hold.refused", "Requests for a connection that waited for a route in vain"));

	@Override
	public Meter.Id map(Meter.Id id) {
		String description = (id.getDescription() == null) ? DESCRIPTIONS.get(id.getName()) : null;
		return (description != null)
				? new Meter.Id(id.getName(), Tags.of(id.getTags()), id.getBaseUnit(), description, id.getType()) : id;
	}

}
