package dev.failover.dialect.mariadb;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.LongBinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import dev.failover.History.Comparison;
import dev.failover.History.Relation;
import org.jspecify.annotations.Nullable;

/**
 * Comparison of the transactions of one domain, which are one sequence on each server.
 * Both servers share the transactions up to the last one that both have; what each has
 * beyond it is its own branch.
 *
 * @param shared number of the last shared transaction, 0 if there is none
 * @param sharedWriter server that wrote it, or null
 * @param missing servers of which the other one lacks transactions of the reference
 * @param more servers of which it has transactions that the reference lacks
 * @param lacks number of transactions that it lacks
 * @param errant whether the reference lacks transactions before the last shared one
 */
record DomainComparison(long shared, @Nullable Long sharedWriter, Set<Long> missing, Set<Long> more, long lacks,
		boolean errant) {

	static DomainComparison of(SortedMap<Long, Long> reference, SortedMap<Long, Long> other) {
		Map<Long, Long> common = reference.entrySet()
			.stream()
			.filter((last) -> other.containsKey(last.getKey()))
			.collect(Collectors.toMap(Map.Entry::getKey,
					(last) -> Math.min(last.getValue(), other.getOrDefault(last.getKey(), 0L))));
		Long writer = common.isEmpty() ? null
				: Collections.max(common.entrySet(), Map.Entry.comparingByValue()).getKey();
		long shared = (writer != null) ? common.getOrDefault(writer, 0L) : 0;
		Set<Long> missing = beyond(reference, other, (last, has) -> (last > Math.max(has, shared)) ? 1 : 0);
		Set<Long> more = beyond(other, reference, (last, has) -> (last > has) ? 1 : 0);
		long lacks = missing.isEmpty() ? 0
				: LongStream.concat(LongStream.of(shared), reference.values().stream().mapToLong(Long::longValue))
					.max()
					.orElse(0) - shared;
		boolean errant = more.stream().anyMatch((server) -> other.getOrDefault(server, 0L) <= shared);
		return new DomainComparison(shared, writer, missing, more, lacks, errant);
	}

	private static Set<Long> beyond(SortedMap<Long, Long> one, SortedMap<Long, Long> other,
			LongBinaryOperator isBeyond) {
		return one.entrySet()
			.stream()
			.filter((last) -> isBeyond.applyAsLong(last.getValue(), other.getOrDefault(last.getKey(), 0L)) != 0)
			.map(Map.Entry::getKey)
			.collect(Collectors.toSet());
	}

	/**
	 * Returns the relation of the other one to the reference.
	 * @param writers servers that write on the reference
	 * @param leader server that writes on the other one as its leader, which it does not
	 * do on the reference, or null
	 */
	Comparison relation(Set<Long> writers, @Nullable Long leader) {
		boolean promoted = leader != null && !leader.equals(this.sharedWriter);
		boolean leftBehind = this.sharedWriter != null && this.missing.contains(this.sharedWriter);
		if (this.errant) {
			return new Comparison(Relation.DIVERGED, null);
		}
		if (this.more.isEmpty()) {
			Relation line = this.missing.isEmpty() ? Relation.SAME : Relation.BEHIND;
			return new Comparison((promoted && (this.missing.isEmpty() || leftBehind)) ? Relation.CONTINUES : line,
					this.lacks);
		}
		boolean oldLeader = this.sharedWriter != null && this.more.contains(this.sharedWriter);
		if (!this.missing.isEmpty()) {
			return (leftBehind && !oldLeader) ? new Comparison(Relation.CONTINUES, this.lacks)
					: new Comparison(Relation.DIVERGED, null);
		}
		if (writers.containsAll(this.more)) {
			return new Comparison(promoted ? Relation.CONTINUES : Relation.AHEAD, 0L);
		}
		return (oldLeader && !writers.contains(this.sharedWriter)) ? new Comparison(Relation.DIVERGED, null)
				: new Comparison(Relation.CONTINUES, 0L);
	}

}
