package dev.failover.dialect.mariadb;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.failover.History;
import dev.failover.LogPosition;
import org.jspecify.annotations.Nullable;

/**
 * {@link History} of a MariaDB server: the last transaction of each server in each
 * domain, and who writes more of them. The numbers of a domain are one sequence, so that
 * it is known where two servers parted and which one of them went on with another writer,
 * that is, was promoted.
 *
 * @param state transactions that it has applied
 * @param server {@code server_id} of the server
 * @param isPromoted whether it is known to have followed another server before
 * @param leading whether it accepts writes and follows nobody
 * @param writers servers whose transactions go on this history
 */
record MariaDbHistory(GtidState state, Long server, boolean isPromoted, boolean leading,
		Set<Long> writers) implements History {

	@Override
	public Comparison compare(History other) {
		if (!(other instanceof MariaDbHistory that)) {
			return Comparison.UNKNOWN;
		}
		if (this.state.isEmpty() || that.state.isEmpty()) {
			return compareWithNothing(that);
		}
		Set<Long> domains = new TreeSet<>(this.state.domains().keySet());
		domains.addAll(that.state.domains().keySet());
		List<DomainComparison> all = domains.stream()
			.map((domain) -> DomainComparison.of(this.state.in(domain), that.state.in(domain)))
			.toList();
		if (all.stream().allMatch((domain) -> domain.shared() == 0)) {
			return new Comparison(Relation.FOREIGN, null);
		}
		if (that.hasWrittenAlone(all)) {
			return new Comparison(Relation.DIVERGED, null);
		}
		Long leader = (that.leading && !this.writers.contains(that.server)) ? that.server : null;
		return join(all.stream().map((domain) -> domain.relation(this.writers, leader)).toList());
	}

	/**
	 * Compares histories of which one has no transactions yet.
	 */
	private Comparison compareWithNothing(MariaDbHistory that) {
		if (!this.state.isEmpty()) {
			long lacks = this.state.domains()
				.keySet()
				.stream()
				.mapToLong((domain) -> DomainComparison.of(this.state.in(domain), that.state.in(domain)).lacks())
				.sum();
			return new Comparison(Relation.BEHIND, lacks);
		}
		if (that.state.isEmpty()) {
			return new Comparison(Relation.SAME, 0L);
		}
		return this.writers.containsAll(that.state.writers()) ? new Comparison(Relation.AHEAD, 0L)
				: new Comparison(Relation.FOREIGN, null);
	}

	/**
	 * Returns whether this server does not lead, and has transactions of its own that
	 * nobody else has written on.
	 */
	private boolean hasWrittenAlone(List<DomainComparison> all) {
		Set<Long> more = all.stream().flatMap((domain) -> domain.more().stream()).collect(Collectors.toSet());
		return !this.leading && more.equals(Set.of(this.server)) && !this.writers.contains(this.server);
	}

	/**
	 * Returns the relation of all domains: each may be read at another moment.
	 */
	private static Comparison join(List<Comparison> domains) {
		for (Relation relation : List.of(Relation.DIVERGED, Relation.CONTINUES, Relation.BEHIND, Relation.AHEAD)) {
			if (domains.stream().anyMatch((domain) -> domain.relation() == relation)) {
				return new Comparison(relation, (relation == Relation.DIVERGED) ? null : lacks(domains));
			}
		}
		return new Comparison(Relation.SAME, 0L);
	}

	private static Long lacks(List<Comparison> domains) {
		return domains.stream().mapToLong((domain) -> (domain.lacks() != null) ? domain.lacks() : 0).sum();
	}

	@Override
	public @Nullable LogPosition position() {
		String last = this.state.last();
		return (last != null) ? new LogPosition(last) : null;
	}

	/**
	 * {@inheritDoc}
	 * @throws IllegalArgumentException if it is not a position of MariaDB
	 */
	@Override
	public boolean holds(LogPosition position) {
		try {
			return this.state.contains(GtidState.parse(List.of(position.text())));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"'" + position + "' is not a GTID position of MariaDB; pass the text form of one", ex);
		}
	}

	/**
	 * Returns each domain and the servers that have written in it, the leader included.
	 */
	@Override
	public String toString() {
		String domains = this.state.domains().entrySet().stream().map((domain) -> {
			Set<Long> servers = new TreeSet<>(domain.getValue().keySet());
			if (this.leading) {
				servers.add(this.server);
			}
			return domain.getKey() + "/" + servers.stream().map(String::valueOf).collect(Collectors.joining("+"));
		}).collect(Collectors.joining(","));
		return domains.isEmpty() ? "no transactions" : domains;
	}

}
