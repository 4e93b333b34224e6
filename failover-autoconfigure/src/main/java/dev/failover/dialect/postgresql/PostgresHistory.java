package dev.failover.dialect.postgresql;

import java.util.Objects;

import dev.failover.History;
import dev.failover.LogPosition;
import org.jspecify.annotations.Nullable;

/**
 * {@link History} of a PostgreSQL server: its cluster, its timeline and a position in the
 * write-ahead log, in bytes. Each part may be unknown.
 * <p>
 * Source: the PostgreSQL manual, "Timelines": a promotion begins a new timeline, with a
 * higher number, at a position of the old one.
 *
 * @param cluster system identifier, which all copies share
 * @param timeline timeline that it writes or replays
 * @param lsn end of what it has flushed or replayed
 * @param branchedAt position of the log at which its timeline began; known of a promoted
 * server until its first checkpoint
 * @param follower whether it replays the log of another server
 */
record PostgresHistory(@Nullable String cluster, @Nullable Long timeline, @Nullable Long lsn, @Nullable Long branchedAt,
		boolean follower) implements History {

	@Override
	public Comparison compare(History other) {
		if (!(other instanceof PostgresHistory that) || this.cluster == null || that.cluster == null) {
			return Comparison.UNKNOWN;
		}
		if (!this.cluster.equals(that.cluster)) {
			return new Comparison(Relation.FOREIGN, null);
		}
		if (this.timeline == null || that.timeline == null) {
			return that.follower ? comparePositions(that) : Comparison.UNKNOWN;
		}
		if (that.timeline > this.timeline) {
			return new Comparison(Relation.CONTINUES, that.lacksBeforeBranch(this));
		}
		if (that.timeline < this.timeline) {
			boolean before = that.follower && this.timeline == that.timeline + 1 && this.branchedAt != null
					&& that.lsn != null && that.lsn <= this.branchedAt;
			return before ? new Comparison(Relation.BEHIND, distance(that)) : new Comparison(Relation.DIVERGED, null);
		}
		boolean branchedTwice = this.branchedAt != null && that.branchedAt != null
				&& !this.branchedAt.equals(that.branchedAt);
		return branchedTwice ? new Comparison(Relation.DIVERGED, null) : comparePositions(that);
	}

	private Comparison comparePositions(PostgresHistory that) {
		Long distance = distance(that);
		if (distance == null) {
			return new Comparison(Relation.SAME, null);
		}
		if (distance > 0) {
			return new Comparison(Relation.BEHIND, distance);
		}
		return new Comparison((distance < 0) ? Relation.AHEAD : Relation.SAME, 0L);
	}

	private @Nullable Long distance(PostgresHistory that) {
		return (this.lsn != null && that.lsn != null) ? this.lsn - that.lsn : null;
	}

	/**
	 * Returns what this promoted history lacks of an older one. If there is a timeline in
	 * between, it can lack more than its own branch shows.
	 */
	private @Nullable Long lacksBeforeBranch(PostgresHistory older) {
		if (this.branchedAt == null || older.lsn == null) {
			return null;
		}
		long lacks = Math.max(0, older.lsn - this.branchedAt);
		boolean direct = Objects.equals(this.timeline, Objects.requireNonNullElse(older.timeline, -1L) + 1);
		return (direct || lacks > 0) ? (Long) lacks : null;
	}

	@Override
	public boolean isPromoted() {
		return this.timeline != null && this.timeline > 1;
	}

	@Override
	public @Nullable LogPosition position() {
		return (this.lsn != null) ? new LogPosition(Long.toString(this.lsn)) : null;
	}

	/**
	 * {@inheritDoc}
	 * @throws IllegalArgumentException if it is not a position of this database
	 */
	@Override
	public boolean holds(LogPosition required) {
		try {
			return this.lsn != null && this.lsn >= Long.parseLong(required.text());
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(
					"'" + required + "' is not a log position of PostgreSQL; pass the text form of one", ex);
		}
	}

	@Override
	public String toString() {
		String known = (this.cluster != null) ? this.cluster : "unknown";
		return (this.timeline != null) ? known + "/" + this.timeline : known;
	}

}
