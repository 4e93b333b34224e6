package dev.failover.internal.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import dev.failover.History;
import dev.failover.History.Relation;
import dev.failover.Node;

/**
 * Watches whether the logs of several writable servers grow by the work of applications.
 * A server also writes by itself after its start, but only once. Confined to the
 * monitor's thread.
 */
final class GrowthWatch {

	/** Growth within this time counts once. */
	private static final Duration STEP = Duration.ofMillis(300);

	/** Steps of growth that a server does not make by itself. */
	private static final int WORK = 2;

	private final Map<Node, Log> logs = new HashMap<>();

	void clear() {
		this.logs.clear();
	}

	void read(Node node, History history, Instant at) {
		Log before = this.logs.get(node);
		if (before == null) {
			this.logs.put(node, new Log(history, at, 0));
		}
		else if (!at.isBefore(before.at().plus(STEP))) {
			boolean grown = before.history().compare(history).relation() == Relation.AHEAD;
			this.logs.put(node, new Log(history, at, before.steps() + (grown ? 1 : 0)));
		}
	}

	/**
	 * Returns whether the log of a node has grown by work.
	 */
	boolean hasGrown(Node node) {
		Log log = this.logs.get(node);
		return log != null && log.steps() >= WORK;
	}

	/**
	 * Log of one node.
	 *
	 * @param history history when it was last looked at
	 * @param at time of that
	 * @param steps number of times that it had grown
	 */
	private record Log(History history, Instant at, int steps) {

	}

}
