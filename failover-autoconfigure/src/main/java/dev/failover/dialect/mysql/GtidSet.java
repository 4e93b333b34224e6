package dev.failover.dialect.mysql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Set of transactions of MySQL: for each source, intervals of transaction numbers, sorted
 * and disjoint. Immutable.
 * <p>
 * Source: the manual of MySQL 8.4, "GTID Format and Storage". A source is the UUID of a
 * server, with a tag if there is one.
 *
 * @param sources intervals by source
 */
record GtidSet(SortedMap<String, List<Interval>> sources) {

	private static final Pattern INTERVAL = Pattern.compile("\\d+(-\\d+)?");

	private static final Pattern TAG = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

	static final GtidSet EMPTY = new GtidSet(Collections.emptySortedMap());

	/**
	 * Parses the text of a set, such as {@code 3e11fa47-…:1-5:7,4f…:1-3:tag:1}.
	 * @throws IllegalArgumentException if it is not a set
	 */
	static GtidSet parse(String text) {
		SortedMap<String, List<Interval>> sources = new TreeMap<>();
		for (String entry : text.replaceAll("\\s", "").split(",")) {
			if (entry.isEmpty()) {
				continue;
			}
			String[] parts = entry.split(":");
			if (parts.length < 2) {
				throw new IllegalArgumentException("Not a set of transactions: " + entry);
			}
			String source = parts[0].toLowerCase(Locale.ROOT);
			String tagged = source;
			for (int i = 1; i < parts.length; i++) {
				if (INTERVAL.matcher(parts[i]).matches()) {
					sources.computeIfAbsent(tagged, (added) -> new ArrayList<>()).add(Interval.parse(parts[i]));
				}
				else if (TAG.matcher(parts[i]).matches()) {
					tagged = source + ":" + parts[i];
				}
				else {
					throw new IllegalArgumentException("Neither numbers nor a tag: " + parts[i]);
				}
			}
		}
		sources.replaceAll((source, intervals) -> joined(intervals));
		return new GtidSet(Collections.unmodifiableSortedMap(sources));
	}

	private static List<Interval> joined(List<Interval> intervals) {
		List<Interval> joined = new ArrayList<>();
		for (Interval interval : intervals.stream().sorted().toList()) {
			Interval last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
			if (last != null && interval.first() <= last.last() + 1) {
				joined.set(joined.size() - 1, new Interval(last.first(), Math.max(last.last(), interval.last())));
			}
			else {
				joined.add(interval);
			}
		}
		return List.copyOf(joined);
	}

	boolean isEmpty() {
		return this.sources.isEmpty();
	}

	/**
	 * Returns the number of transactions.
	 */
	long count() {
		return this.sources.values().stream().flatMap(List::stream).mapToLong(Interval::count).sum();
	}

	/**
	 * Returns the servers that have written, without their tags.
	 */
	Set<String> writers() {
		return this.sources.keySet().stream().map(GtidSet::writer).collect(Collectors.toUnmodifiableSet());
	}

	private static String writer(String source) {
		return source.split(":", 2)[0];
	}

	/**
	 * Returns the transactions of one server.
	 */
	GtidSet writtenBy(String server) {
		return filter((source) -> writer(source).equals(server));
	}

	private GtidSet filter(Predicate<String> included) {
		SortedMap<String, List<Interval>> found = new TreeMap<>();
		this.sources.forEach((source, intervals) -> {
			if (included.test(source)) {
				found.put(source, intervals);
			}
		});
		return new GtidSet(Collections.unmodifiableSortedMap(found));
	}

	/**
	 * Returns the transactions that another set lacks.
	 */
	GtidSet minus(GtidSet other) {
		SortedMap<String, List<Interval>> left = new TreeMap<>();
		this.sources.forEach((source, intervals) -> {
			List<Interval> rest = intervals;
			for (Interval removed : other.sources.getOrDefault(source, List.of())) {
				rest = rest.stream().flatMap((interval) -> interval.without(removed).stream()).toList();
			}
			if (!rest.isEmpty()) {
				left.put(source, rest);
			}
		});
		return new GtidSet(Collections.unmodifiableSortedMap(left));
	}

	/**
	 * Returns whether some transaction is in both sets.
	 */
	boolean intersects(GtidSet other) {
		return minus(other).count() < count();
	}

	@Override
	public String toString() {
		return this.sources.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + ":"
					+ entry.getValue().stream().map(Interval::toString).collect(Collectors.joining(":")))
			.collect(Collectors.joining(","));
	}

	/**
	 * Numbers of transactions.
	 *
	 * @param last last number, included
	 */
	record Interval(long first, long last) implements Comparable<Interval> {

		static Interval parse(String text) {
			String[] ends = text.split("-", 2);
			long first = Long.parseLong(ends[0]);
			return new Interval(first, (ends.length == 2) ? Long.parseLong(ends[1]) : first);
		}

		long count() {
			return this.last - this.first + 1;
		}

		List<Interval> without(Interval removed) {
			if (removed.last < this.first || removed.first > this.last) {
				return List.of(this);
			}
			List<Interval> rest = new ArrayList<>();
			if (this.first < removed.first) {
				rest.add(new Interval(this.first, removed.first - 1));
			}
			if (this.last > removed.last) {
				rest.add(new Interval(removed.last + 1, this.last));
			}
			return rest;
		}

		@Override
		public int compareTo(Interval other) {
			return Long.compare(this.first, other.first);
		}

		@Override
		public String toString() {
			return (this.first == this.last) ? Long.toString(this.first) : this.first + "-" + this.last;
		}

	}

}
