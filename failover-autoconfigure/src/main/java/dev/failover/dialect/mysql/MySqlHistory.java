package dev.failover.dialect.mysql;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.failover.History;
import dev.failover.LogPosition;
import org.jspecify.annotations.Nullable;

/**
 * {@link History} of a MySQL server: the transactions that it has executed, and who
 * writes more of them. The name of each transaction contains the server that wrote it
 * first, so that a comparison is arithmetic on sets.
 * <p>
 * A server continues another one if it was promoted and the other has nothing of what it
 * wrote since. When it was promoted is known if it was seen as a follower before; if not,
 * all that it ever wrote counts.
 *
 * @param executed transactions that it has executed
 * @param server UUID of the server
 * @param isPromoted whether it is known to have followed another server before
 * @param leading whether it accepts writes and follows nobody
 * @param writers servers whose transactions go on this history
 * @param begun what servers had executed when they last refused writes
 */
record MySqlHistory(GtidSet executed, String server, boolean isPromoted, boolean leading, Set<String> writers,
		Map<String, GtidSet> begun) implements History {

	@Override
	public Comparison compare(History other) {
		if (!(other instanceof MySqlHistory that)) {
			return Comparison.UNKNOWN;
		}
		if (!this.executed.isEmpty() && !that.executed.isEmpty() && !this.executed.intersects(that.executed)) {
			return new Comparison(Relation.FOREIGN, null);
		}
		GtidSet lacking = this.executed.minus(that.executed);
		GtidSet more = that.executed.minus(this.executed);
		boolean promoted = isPromotedAfter(that);
		if (this.writers.containsAll(more.writers()) && !promoted) {
			return line(lacking, more);
		}
		boolean after = promoted || !(more.isEmpty() || that.isAlone(more));
		boolean known = more.writers()
			.stream()
			.allMatch((writer) -> this.writers.contains(writer) || hasNothingOf(writer, that));
		if (after && known && !isUnknownTo(that)) {
			return new Comparison(Relation.CONTINUES, lacking.count());
		}
		return more.isEmpty() ? line(lacking, more) : new Comparison(Relation.DIVERGED, null);
	}

	/**
	 * Returns whether only this server wrote some transactions, and does not lead.
	 */
	private boolean isAlone(GtidSet written) {
		return !this.leading && written.writers().equals(Set.of(this.server));
	}

	private static Comparison line(GtidSet lacking, GtidSet more) {
		if (!lacking.isEmpty()) {
			return new Comparison(Relation.BEHIND, lacking.count());
		}
		return new Comparison(more.isEmpty() ? Relation.SAME : Relation.AHEAD, 0L);
	}

	/**
	 * Returns whether another server leads, and this history has nothing of what it wrote
	 * since it does.
	 */
	private boolean isPromotedAfter(MySqlHistory that) {
		return that.leading && !this.writers.contains(that.server) && !this.server.equals(that.server)
				&& hasNothingOf(that.server, that);
	}

	/**
	 * Returns whether this history has nothing of what a server wrote since it last
	 * refused writes.
	 * @param knowing history that was read later
	 */
	private boolean hasNothingOf(String writer, MySqlHistory knowing) {
		GtidSet before = knowing.begun.getOrDefault(writer, GtidSet.EMPTY);
		return this.executed.writtenBy(writer).minus(before).isEmpty();
	}

	/**
	 * Returns whether another history has nothing of what this leader wrote since it
	 * leads, so that both were promoted.
	 */
	private boolean isUnknownTo(MySqlHistory that) {
		GtidSet own = this.leading
				? this.executed.writtenBy(this.server).minus(this.begun.getOrDefault(this.server, GtidSet.EMPTY))
				: GtidSet.EMPTY;
		return !own.isEmpty() && !own.intersects(that.executed);
	}

	@Override
	public @Nullable LogPosition position() {
		return this.executed.isEmpty() ? null : new LogPosition(this.executed.toString());
	}

	/**
	 * {@inheritDoc}
	 * @throws IllegalArgumentException if it is not a position of MySQL
	 */
	@Override
	public boolean holds(LogPosition position) {
		try {
			return GtidSet.parse(position.text()).minus(this.executed).isEmpty();
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"'" + position + "' is not a set of GTIDs of MySQL; pass the text form of a position", ex);
		}
	}

	/**
	 * Returns the beginnings of the UUIDs of all writers, and of the leader.
	 */
	@Override
	public String toString() {
		Set<String> names = new TreeSet<>(this.executed.writers());
		if (this.leading) {
			names.add(this.server);
		}
		return names.isEmpty() ? "no transactions"
				: names.stream()
					.map((uuid) -> uuid.substring(0, Math.min(8, uuid.length())))
					.collect(Collectors.joining("+"));
	}

}
