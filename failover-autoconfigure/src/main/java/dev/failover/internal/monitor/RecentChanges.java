package dev.failover.internal.monitor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import dev.failover.RouteChange;

/**
 * The last transitions, oldest first. Confined to the monitor's thread.
 */
final class RecentChanges {

	private final int size;

	private final Deque<RouteChange> transitions = new ArrayDeque<>();

	RecentChanges(int size) {
		this.size = size;
	}

	void add(RouteChange transition) {
		this.transitions.addLast(transition);
		if (this.transitions.size() > this.size) {
			this.transitions.removeFirst();
		}
	}

	RouteChange last() {
		return this.transitions.getLast();
	}

	List<RouteChange> all() {
		return List.copyOf(this.transitions);
	}

}
