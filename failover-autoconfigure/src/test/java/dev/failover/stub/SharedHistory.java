package dev.failover.stub;

import dev.failover.History;
import dev.failover.LogPosition;

/**
 * History that all servers of a cluster write together.
 *
 * @param cluster the cluster
 * @param at number of the last transaction
 */
public record SharedHistory(String cluster, long at) implements History {

	@Override
	public Comparison compare(History other) {
		if (!(other instanceof SharedHistory that)) {
			return Comparison.UNKNOWN;
		}
		if (!this.cluster.equals(that.cluster)) {
			return new Comparison(Relation.FOREIGN, null);
		}
		long lacks = Math.max(0, this.at - that.at);
		return new Comparison((lacks > 0) ? Relation.BEHIND : Relation.AHEAD, lacks);
	}

	@Override
	public boolean isShared() {
		return true;
	}

	@Override
	public boolean isPromoted() {
		return true;
	}

	@Override
	public LogPosition position() {
		return new LogPosition(Long.toString(this.at));
	}

	@Override
	public boolean holds(LogPosition position) {
		return Long.parseLong(position.text()) <= this.at;
	}

}
