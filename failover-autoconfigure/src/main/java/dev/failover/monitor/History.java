package dev.failover.monitor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import dev.failover.topology.Transition;

/**
 * The last transitions, oldest first. Confined to the monitor's thread.
 */
final class History {

	private final int size;

	private final Deque<Transition> transitions = new ArrayDeque<>();

	History(int size) {
		this.size = size;
	}

	void add(Transition transition) {
		this.transitions.addLast(transition);
		if (this.transitions.size() > this.size) {
			this.transitions.removeFirst();
		}
	}

	Transition last() {
		return this.transitions.getLast();
	}

	List<Transition> all() {
		return List.copyOf(this.transitions);
	}

}
