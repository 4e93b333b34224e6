package dev.failover.benchmarks.recovery.report;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

import dev.failover.benchmarks.recovery.result.Entrant;
import dev.failover.benchmarks.recovery.result.Kind;
import dev.failover.benchmarks.recovery.result.Result;
import dev.failover.benchmarks.recovery.result.Spread;
import org.jspecify.annotations.Nullable;

/**
 * Where the best of our rows stands in one column of one fault's table.
 *
 * @param fault the fault
 * @param kind the clients
 * @param column the column
 * @param ours the best of our rows
 * @param peer the best of all others that were whole at all: who hangs fails no calls
 */
record Standing(String fault, Kind kind, Column column, Place ours, Place peer) {

	private static final String OURS = "ours";

	/** Medians of times that differ by less are one: clients call every 5 ms. */
	private static final double SAME_MILLIS = 5;

	/**
	 * Find it.
	 * @return null where only one side was measured
	 */
	static @Nullable Standing of(Result result, String fault, Kind kind, Column column) {
		Predicate<Entrant> isOurs = (entrant) -> entrant.name().startsWith(OURS);
		Predicate<Entrant> isWhole = (
				entrant) -> Spread.of(result.samples(entrant.name(), fault), (sample) -> sample.columns(kind).whole())
					.median() != null;
		Place ours = best(result, fault, column, isOurs);
		Place recovered = best(result, fault, column, isOurs.negate().and(isWhole));
		Place peer = (recovered != null) ? recovered : best(result, fault, column, isOurs.negate());
		return (ours != null && peer != null) ? new Standing(fault, kind, column, ours, peer) : null;
	}

	private static @Nullable Place best(Result result, String fault, Column column, Predicate<Entrant> who) {
		List<Place> places = result.contenders(fault)
			.stream()
			.filter(who.and(column.compares()))
			.map((entrant) -> new Place(entrant.title(), column.spread(result.samples(entrant.name(), fault))))
			.toList();
		Comparator<Place> byMedian = Comparator.comparing((place) -> place.spread().median(),
				Comparator.nullsLast(Comparator.naturalOrder()));
		return places.stream().min(byMedian).orElse(null);
	}

	/**
	 * The verdict: first, tied where the ranges of both overlap, or behind.
	 */
	String verdict() {
		double mine = orNever(this.ours.spread().median());
		double theirs = orNever(this.peer.spread().median());
		if (mine < theirs) {
			return "first";
		}
		double margin = this.column.time() ? SAME_MILLIS : 0;
		return (mine <= theirs + margin || overlaps()) ? "tied" : "**behind**";
	}

	boolean isBehind() {
		return verdict().contains("behind");
	}

	/**
	 * Whether our best run was no worse than the peer's worst.
	 */
	private boolean overlaps() {
		return orNever(this.ours.spread().least()) <= orNever(this.peer.spread().greatest());
	}

	private static double orNever(@Nullable Double value) {
		return (value != null) ? value : Double.POSITIVE_INFINITY;
	}

	/**
	 * A row and what it says.
	 *
	 * @param title its title
	 * @param spread what it says
	 */
	record Place(String title, Spread spread) {
	}

}
