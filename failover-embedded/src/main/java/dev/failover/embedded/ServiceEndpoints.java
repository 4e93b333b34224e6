package dev.failover.embedded;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The endpoints of a service, which follow the roles of the servers, late by a delay, or
 * are set by hand. Not safe for use by several threads.
 */
final class ServiceEndpoints {

	private final ServiceRole role;

	private final long delayNanos;

	private final Deque<Change> changes = new ArrayDeque<>();

	private @Nullable List<String> observed;

	private List<String> automatic = List.of();

	private @Nullable List<String> manual;

	/**
	 * Create endpoints of which none is known yet.
	 * @param role role of the servers
	 * @param delay time by which the endpoints are late
	 */
	ServiceEndpoints(ServiceRole role, Duration delay) {
		if (delay.isNegative()) {
			throw new IllegalArgumentException("The delay of endpoints must not be negative: " + delay);
		}
		this.role = role;
		this.delayNanos = delay.toNanos();
	}

	/**
	 * Return the nodes to which new connections lead.
	 * @return names of the nodes
	 */
	List<String> current() {
		return (this.manual != null) ? this.manual : this.automatic;
	}

	/**
	 * Record the roles that the servers have now. The first ones are in force at once.
	 * @param roles the roles, by the name of the node, without nodes that do not answer
	 * @param now the current time ({@link System#nanoTime()})
	 */
	void observe(Map<String, ServiceRole> roles, long now) {
		List<String> nodes = roles.keySet().stream().filter((node) -> roles.get(node) == this.role).sorted().toList();
		if (!nodes.equals(this.observed)) {
			this.changes.add(new Change(nodes, (this.observed != null) ? now + this.delayNanos : now));
			this.observed = nodes;
		}
		for (Change next = this.changes.peek(); next != null && next.due() - now <= 0; next = this.changes.peek()) {
			this.automatic = next.nodes();
			this.changes.remove();
		}
	}

	/**
	 * Set the endpoints by hand.
	 * @param nodes names of the nodes, empty for no endpoint
	 */
	void set(List<String> nodes) {
		this.manual = List.copyOf(nodes);
	}

	/**
	 * Let the endpoints follow the roles of the servers again.
	 */
	void followRole() {
		this.manual = null;
	}

	/**
	 * A change of the endpoints.
	 *
	 * @param nodes names of the nodes
	 * @param due when the change takes effect ({@link System#nanoTime()})
	 */
	private record Change(List<String> nodes, long due) {

	}

}
