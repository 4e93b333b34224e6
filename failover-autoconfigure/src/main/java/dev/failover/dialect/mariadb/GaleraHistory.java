package dev.failover.dialect.mariadb;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.failover.History;
import dev.failover.LogPosition;

/**
 * {@link History} of a Galera cluster, which all members write: each transaction has one
 * number in the whole cluster. A member that has been cut off goes on from its last
 * number, or is copied anew.
 *
 * @param cluster {@code wsrep_cluster_state_uuid}
 * @param at {@code wsrep_last_committed}, the last transaction that the member has
 * applied
 */
record GaleraHistory(String cluster, long at) implements History {

	private static final Pattern POSITION = Pattern.compile("(.+):(\\d+)");

	@Override
	public Comparison compare(History other) {
		if (!(other instanceof GaleraHistory that)) {
			return Comparison.UNKNOWN;
		}
		if (!this.cluster.equals(that.cluster)) {
			return new Comparison(Relation.FOREIGN, null);
		}
		long lacks = Math.max(0, this.at - that.at);
		Relation relation = (that.at > this.at) ? Relation.AHEAD : Relation.SAME;
		return new Comparison((lacks > 0) ? Relation.BEHIND : relation, lacks);
	}

	@Override
	public boolean isShared() {
		return true;
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Each member carries on what any other has written.
	 */
	@Override
	public boolean isPromoted() {
		return true;
	}

	@Override
	public LogPosition position() {
		return new LogPosition(this.cluster + ":" + this.at);
	}

	@Override
	public boolean holds(LogPosition position) {
		Matcher parts = POSITION.matcher(position.text());
		return parts.matches() && parts.group(1).equals(this.cluster) && Long.parseLong(parts.group(2)) <= this.at;
	}

	@Override
	public String toString() {
		return this.cluster;
	}

}
