package dev.failover.internal.monitor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import dev.failover.RouteChange;

/**
 * The last changes of the route, oldest first. Confined to the monitor's thread.
 */
final class RecentChanges {

	private final int size;

	private final Deque<RouteChange> changes = new ArrayDeque<>();

	RecentChanges(int size) {
		this.size = size;
	}

	void add(RouteChange change) {
		this.changes.addLast(change);
		if (this.changes.size() > this.size) {
			this.changes.removeFirst();
		}
	}

	RouteChange last() {
		return this.changes.getLast();
	}

	List<RouteChange> all() {
		return List.copyOf(this.changes);
	}

}
