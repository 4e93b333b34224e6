package dev.failover.dialect.sqlserver;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import dev.failover.History;
import dev.failover.LogPosition;
import org.jspecify.annotations.Nullable;

/**
 * {@link History} of a database of SQL Server: its identity in an availability group or
 * in database mirroring, its recovery fork, the reign of a server that leads, and the
 * last commit. Each part but the first may be unknown.
 * <p>
 * Source: "Failover and Failover Modes (Always On Availability Groups)": planned and
 * automatic failovers lose no committed transaction; a forced failover "starts a new
 * recovery fork", and both forks contain data that the other one does not contain.
 *
 * @param database identities that all copies share
 * @param server server that holds it, or null
 * @param forks recovery forks, or null if they are not known
 * @param reign reign of the server, or null if it does not lead or that is not known
 * @param lastCommit last commit that was written, or was redone
 */
record SqlServerHistory(Database database, @Nullable String server, @Nullable Forks forks, @Nullable Reign reign,
		@Nullable Lsn lastCommit) implements History {

	@Override
	public Comparison compare(History other) {
		if (!(other instanceof SqlServerHistory that)) {
			return Comparison.UNKNOWN;
		}
		Relation databases = this.database.compare(that.database);
		if (databases != Relation.SAME) {
			return (databases == Relation.FOREIGN) ? new Comparison(Relation.FOREIGN, null) : Comparison.UNKNOWN;
		}
		if (this.forks != null && that.forks != null && !this.forks.current().equals(that.forks.current())) {
			return compareForks(that, this.forks, that.forks);
		}
		if (this.reign != null && that.reign != null && !isSameReign(that)) {
			return compareReigns(that, this.reign, that.reign);
		}
		return comparePositions(that);
	}

	private boolean isSameReign(SqlServerHistory that) {
		return this.server != null && this.server.equals(that.server);
	}

	/**
	 * Compares histories of different forks. A database tells the fork that it began with
	 * and the point at which the current one began: if there is another fork in between,
	 * too little is known.
	 */
	private Comparison compareForks(SqlServerHistory that, Forks own, Forks others) {
		if (others.first().equals(own.current())) {
			return new Comparison(Relation.CONTINUES, lacks(others.point()));
		}
		return own.first().equals(others.current()) ? older(that, own.point()) : Comparison.UNKNOWN;
	}

	/**
	 * Compares the histories of two servers that both lead on the same fork, one of which
	 * has led before the other. The one that began later had all that was written before.
	 */
	private Comparison compareReigns(SqlServerHistory that, Reign own, Reign others) {
		int order = others.compareTo(own);
		if (order == 0) {
			return Comparison.UNKNOWN;
		}
		return (order > 0) ? new Comparison(Relation.CONTINUES, lacks(others.since())) : older(that, own.since());
	}

	/**
	 * Returns what is lacking of this history where only the log before a position is
	 * known to be there.
	 */
	private @Nullable Long lacks(@Nullable Lsn end) {
		if (this.lastCommit == null || end == null) {
			return null;
		}
		return (this.lastCommit.compareTo(end) < 0) ? 0L : Math.max(1, this.lastCommit.since(end));
	}

	/**
	 * Returns the relation of an older history, from which this one branched off.
	 */
	private Comparison older(SqlServerHistory that, @Nullable Lsn branch) {
		if (that.lastCommit == null || branch == null) {
			return Comparison.UNKNOWN;
		}
		if (that.lastCommit.compareTo(branch) >= 0) {
			return new Comparison(Relation.DIVERGED, null);
		}
		return new Comparison(Relation.BEHIND,
				(this.lastCommit != null) ? this.lastCommit.since(that.lastCommit) : null);
	}

	private Comparison comparePositions(SqlServerHistory that) {
		if (this.lastCommit == null || that.lastCommit == null) {
			return new Comparison(Relation.SAME, null);
		}
		int order = this.lastCommit.compareTo(that.lastCommit);
		return (order > 0) ? new Comparison(Relation.BEHIND, this.lastCommit.since(that.lastCommit))
				: new Comparison((order < 0) ? Relation.AHEAD : Relation.SAME, 0L);
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * True for the primary replica of an availability group and the principal of database
	 * mirroring: the servers have agreed on it, so that no experiment of a person can be
	 * behind it.
	 */
	@Override
	public boolean isPromoted() {
		return this.reign != null;
	}

	@Override
	public @Nullable LogPosition position() {
		return (this.lastCommit != null) ? new LogPosition(this.lastCommit.toString()) : null;
	}

	/**
	 * {@inheritDoc}
	 * @throws IllegalArgumentException if it is not a position of SQL Server
	 */
	@Override
	public boolean holds(LogPosition required) {
		try {
			Lsn end = Lsn.parse(required.text());
			return this.lastCommit != null && end != null && this.lastCommit.compareTo(end) >= 0;
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(
					"'" + required + "' is not a log position of SQL Server; pass the text form of one", ex);
		}
	}

	@Override
	public String toString() {
		return (this.forks != null) ? this.database + "/" + this.forks.current() : this.database.toString();
	}

	/**
	 * Identities of a database. It gets and loses those of a group and of mirroring while
	 * it works, such as when it is taken out of its group.
	 *
	 * @param group {@code group_database_id}, or null
	 * @param mirroring {@code mirroring_guid}, or null
	 * @param family {@code family_guid}, which databases restored from one backup share;
	 * null if it is not known
	 */
	record Database(@Nullable String group, @Nullable String mirroring, @Nullable String family) {

		boolean isKnown() {
			return this.group != null || this.mirroring != null || this.family != null;
		}

		/**
		 * Returns {@code SAME} if the first identity that both have is the same,
		 * {@code FOREIGN} if all that both have differ, else {@code UNKNOWN}.
		 */
		Relation compare(Database other) {
			List<Boolean> same = Stream
				.of(same(this.group, other.group), same(this.mirroring, other.mirroring),
						same(this.family, other.family))
				.flatMap(Optional::stream)
				.toList();
			if (same.isEmpty()) {
				return Relation.UNKNOWN;
			}
			return same.get(0) ? Relation.SAME : same.contains(true) ? Relation.UNKNOWN : Relation.FOREIGN;
		}

		private static Optional<Boolean> same(@Nullable String own, @Nullable String others) {
			return (own != null && others != null) ? Optional.of(own.equals(others)) : Optional.empty();
		}

		@Override
		public String toString() {
			return (this.group != null) ? this.group
					: Objects.requireNonNullElse(this.mirroring, String.valueOf(this.family));
		}

	}

	/**
	 * Recovery forks of a database.
	 *
	 * @param current the fork that it is on
	 * @param first the fork that it began with
	 * @param point position at which the current fork began; null if it is the first one
	 */
	record Forks(String current, String first, @Nullable Lsn point) {

	}

	/**
	 * Time for which a server leads.
	 *
	 * @param number number of the switch of roles that it began with, where these are
	 * counted, else 0
	 * @param since position before which the log is known to be that of its predecessor
	 */
	record Reign(long number, @Nullable Lsn since) implements Comparable<Reign> {

		/**
		 * Compares the beginnings; 0 if it is not known which one is later.
		 */
		@Override
		public int compareTo(Reign other) {
			if (this.number != other.number || this.since == null || other.since == null) {
				return Long.compare(this.number, other.number);
			}
			return this.since.compareTo(other.since);
		}

	}

}
