package dev.failover.internal.policy.exploration;

import java.util.ArrayList;
import java.util.List;

import dev.failover.History.Relation;

/**
 * Growth of the logs of writable servers.
 *
 * @param first history of each node when it was first read, or {@link Followers#NOBODY}
 * @param grown bit set of the nodes whose log has grown since
 */
record Growth(List<Integer> first, int grown) {

	static final Growth NONE = new Growth(List.of(-1, -1, -1), 0);

	Growth read(int node, int history) {
		int before = this.first.get(node);
		if (before == Followers.NOBODY) {
			List<Integer> changed = new ArrayList<>(this.first);
			changed.set(node, history);
			return new Growth(List.copyOf(changed), this.grown);
		}
		boolean ahead = ModelHistory.compare(before, history).relation() == Relation.AHEAD;
		return ahead ? new Growth(this.first, this.grown | 1 << node) : this;
	}

}
