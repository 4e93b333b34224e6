package dev.failover.stub;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.failover.History;
import dev.failover.LogPosition;

/**
 * {@link History} of a database without generations and without byte positions, for
 * tests: the number of transactions that each server has written. It stands for GTIDs.
 * <p>
 * A server that wrote nothing in the reference was promoted after it. Where each history
 * has transactions of its own, the one that knows all writers of the other is the newer
 * branch.
 *
 * @param domain name of the database
 * @param written number of transactions by the name of the server that wrote them
 */
public record VectorHistory(String domain, Map<String, Long> written) implements History {

	public VectorHistory {
		written = Map.copyOf(written);
	}

	@Override
	public Comparison compare(History other) {
		if (!(other instanceof VectorHistory that)) {
			return Comparison.UNKNOWN;
		}
		if (!this.domain.equals(that.domain)) {
			return new Comparison(Relation.FOREIGN, null);
		}
		long lacks = this.beyond(that);
		long more = that.beyond(this);
		boolean knowsAll = that.written.keySet().containsAll(this.written.keySet());
		boolean promoted = !this.written.keySet().containsAll(that.written.keySet());
		if (lacks > 0 && more > 0) {
			return (promoted && knowsAll) ? new Comparison(Relation.CONTINUES, lacks)
					: new Comparison(Relation.DIVERGED, null);
		}
		if (lacks > 0) {
			return new Comparison(Relation.BEHIND, lacks);
		}
		return new Comparison((more == 0) ? Relation.SAME : promoted ? Relation.CONTINUES : Relation.AHEAD, 0L);
	}

	/**
	 * Returns the number of transactions that another history lacks of this one.
	 */
	private long beyond(VectorHistory other) {
		return this.written.entrySet()
			.stream()
			.mapToLong((entry) -> Math.max(0, entry.getValue() - other.written.getOrDefault(entry.getKey(), 0L)))
			.sum();
	}

	@Override
	public boolean isPromoted() {
		return this.written.size() > 1;
	}

	@Override
	public LogPosition position() {
		return new LogPosition(this.domain + new TreeMap<>(this.written).entrySet()
			.stream()
			.map((entry) -> "," + entry.getKey() + "-" + entry.getValue())
			.collect(Collectors.joining()));
	}

	@Override
	public boolean holds(LogPosition position) {
		return Stream.of(position.text().split(",")).skip(1).map((entry) -> entry.split("-")).allMatch((entry) -> {
			long count = this.written.getOrDefault(entry[0], 0L);
			return count >= Long.parseLong(entry[1]);
		});
	}

	/**
	 * Returns the domain and the writers.
	 */
	@Override
	public String toString() {
		Set<String> writers = new TreeSet<>(this.written.keySet());
		return this.domain + "/" + String.join("+", writers);
	}

}
