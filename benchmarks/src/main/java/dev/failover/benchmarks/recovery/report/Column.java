package dev.failover.benchmarks.recovery.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.failover.benchmarks.recovery.result.Entrant;
import dev.failover.benchmarks.recovery.result.Kind;
import dev.failover.benchmarks.recovery.result.Sample;
import dev.failover.benchmarks.recovery.result.Spread;
import org.jspecify.annotations.Nullable;

/**
 * A column of the tables; less is better in each.
 *
 * @param title its title
 * @param time whether it is a time
 * @param compares for whom it tells anything
 * @param value what a sample says
 */
record Column(String title, boolean time, Predicate<Entrant> compares, Function<Sample, @Nullable Double> value) {

	private static final Predicate<Entrant> EVERYBODY = (entrant) -> true;

	/**
	 * A column that tells something for everybody.
	 */
	private Column(String title, boolean time, Function<Sample, @Nullable Double> value) {
		this(title, time, EVERYBODY, value);
	}

	/**
	 * Columns for a kind of clients.
	 */
	static List<Column> of(Kind kind) {
		List<Column> columns = new ArrayList<>();
		columns.add(new Column("first success on the mirror", true,
				(kind == Kind.READS) ? Entrant::beginsAtPrimary : EVERYBODY, (sample) -> sample.columns(kind).first()));
		columns.add(new Column("all threads whole", true, (sample) -> sample.columns(kind).whole()));
		if (kind == Kind.WRITES) {
			columns.add(new Column("… after the promotion", true, (sample) -> sample.columns(kind).afterPromotion()));
		}
		columns.add(new Column("failed calls", false, (sample) -> Double.valueOf(sample.columns(kind).failed())));
		columns.add(new Column("longest call", true, (sample) -> sample.columns(kind).longest()));
		columns.add(new Column("threads stuck", false, (sample) -> Double.valueOf(sample.columns(kind).stuck())));
		if (kind == Kind.WRITES) {
			columns.add(new Column("lost", false, (sample) -> Double.valueOf(sample.lost())));
			columns.add(new Column("duplicated", false, (sample) -> Double.valueOf(sample.duplicated())));
		}
		return columns;
	}

	/**
	 * What samples say together; there is at least one.
	 */
	Spread spread(List<Sample> samples) {
		return Spread.of(samples, this.value);
	}

	/**
	 * That for readers.
	 */
	String words(Spread spread) {
		return this.time ? Words.times(spread) : Words.counts(spread);
	}

}
