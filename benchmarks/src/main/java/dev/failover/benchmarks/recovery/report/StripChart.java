package dev.failover.benchmarks.recovery.report;

import java.util.Comparator;
import java.util.List;

import dev.failover.benchmarks.recovery.result.Entrant;
import dev.failover.benchmarks.recovery.result.Kind;
import dev.failover.benchmarks.recovery.result.Result;
import dev.failover.benchmarks.recovery.result.Sample;
import dev.failover.benchmarks.recovery.result.Strip;

/**
 * Draws what became of calls in each 10 ms around a fault: a strip for reads and one for
 * writes of each contender, of its median repetition.
 */
final class StripChart {

	private static final String SUCCEEDED = "#3b82c4";

	private static final String FAILED = "#e4572e";

	private static final String NOTHING = "#e6e6ea";

	private static final String INK = "#222";

	private static final int LEFT = 330;

	private static final int TOP = 62;

	private static final int RIGHT = 110;

	private static final int STRIP = 15;

	private static final int GAP = 3;

	private static final int GROUP = 2 * STRIP + GAP + 12;

	/** Milliseconds before and after the fault that are drawn. */
	private static final int FROM = -500;

	private static final int TO = 5000;

	private static final double SCALE = 0.16;

	private static final int STEP = 500;

	private final Result result;

	private final String fault;

	private final List<Entrant> entrants;

	private final Svg svg;

	private final int bottom;

	StripChart(Result result, String fault) {
		this.result = result;
		this.fault = fault;
		this.entrants = result.entrants(fault);
		this.bottom = TOP + this.entrants.size() * GROUP;
		this.svg = new Svg((int) (LEFT + (TO - FROM) * SCALE + RIGHT), this.bottom + 48);
	}

	/**
	 * Draw.
	 */
	String draw() {
		legend();
		axis();
		int y = TOP;
		for (Entrant entrant : this.entrants) {
			Sample sample = median(this.result.samples(entrant.name(), this.fault));
			this.svg.text(LEFT - 56, y + STRIP + GAP + 2, 13, "end", entrant.title());
			strip(sample, Kind.READS, y);
			strip(sample, Kind.WRITES, y + STRIP + GAP);
			y += GROUP;
		}
		this.svg.line(x(0), TOP - 8, x(0), this.bottom, INK);
		return this.svg.toString();
	}

	private void legend() {
		this.svg.text(12, 22, 15, "Outcomes of calls in each 10 ms: " + Words.fault(this.fault));
		this.svg.rect(12, 33, 12, 12, SUCCEEDED).text(29, 43, 12, "succeeded");
		this.svg.rect(102, 33, 12, 12, FAILED).text(119, 43, 12, "failed");
		this.svg.rect(164, 33, 12, 12, NOTHING).text(181, 43, 12, "no call ended");
		this.svg.rect(LEFT - 60, 33, 3, 12, INK).text(LEFT - 52, 43, 12, "mirror promoted");
		this.svg.text(x(TO) + 8, TOP - 12, 12, "all whole");
		this.svg.text(x(0), TOP - 12, 12, "middle", "fault");
	}

	private void axis() {
		for (int millis = FROM; millis <= TO; millis += STEP) {
			this.svg.line(x(millis), this.bottom - 4, x(millis), this.bottom + 2, INK);
			this.svg.text(x(millis), this.bottom + 16, 12, "middle", String.valueOf(millis / 1000.0));
		}
		this.svg.text(x((FROM + TO) / 2.0), this.bottom + 36, 12, "middle", "seconds after the fault");
	}

	private void strip(Sample sample, Kind kind, int y) {
		this.svg.text(LEFT - 8, y + STRIP - 3, 12, "end", kind.word());
		this.svg.rect(x(FROM), y, (TO - FROM) * SCALE, STRIP, NOTHING);
		Strip strip = sample.strip(kind);
		int first = (FROM + Strip.BEFORE) / Strip.WIDTH;
		int end = Math.min((TO + Strip.BEFORE) / Strip.WIDTH, strip.succeeded().size());
		int from = first;
		while (from < end) {
			double share = share(strip, from);
			int until = from + 1;
			while (until < end && share(strip, until) == share) {
				until++;
			}
			bar(from, until, share, y);
			from = until;
		}
		rest(strip.succeeded().size(), y);
		Double promoted = sample.promoted();
		if (promoted != null && promoted < TO) {
			this.svg.rect(x(promoted) - 1.5, y, 3, STRIP, INK);
		}
		this.svg.text(x(TO) + 8, y + STRIP - 3, 12, Words.millis(sample.columns(kind).whole()));
	}

	/**
	 * A window that ended early did so because all clients were well.
	 */
	private void rest(int length, int y) {
		double end = length * Strip.WIDTH - Strip.BEFORE;
		if (end < TO) {
			this.svg.rect(x(end), y, (TO - end) * SCALE, STRIP, "#fff");
		}
	}

	private void bar(int from, int until, double share, int y) {
		if (share >= 0) {
			double x = x(from * Strip.WIDTH - Strip.BEFORE);
			double width = (until - from) * Strip.WIDTH * SCALE;
			double failed = STRIP * share;
			if (failed < STRIP) {
				this.svg.rect(x, y + failed, width, STRIP - failed, SUCCEEDED);
			}
			if (failed > 0) {
				this.svg.rect(x, y, width, failed, FAILED);
			}
		}
	}

	/**
	 * Share of calls that failed, in quarters, -1 if none ended.
	 */
	private static double share(Strip strip, int index) {
		int failed = strip.failed().get(index);
		int all = failed + strip.succeeded().get(index);
		return (all == 0) ? -1 : Math.ceil(4.0 * failed / all) / 4;
	}

	private static double x(double millis) {
		return LEFT + (millis - FROM) * SCALE;
	}

	/**
	 * The repetition in the middle by when reads, then writes, were whole.
	 */
	static Sample median(List<Sample> samples) {
		Comparator<Sample> byReads = Comparator.comparing((sample) -> sample.columns(Kind.READS).whole(),
				Comparator.nullsLast(Comparator.naturalOrder()));
		Comparator<Sample> byWrites = Comparator.comparing((sample) -> sample.columns(Kind.WRITES).whole(),
				Comparator.nullsLast(Comparator.naturalOrder()));
		return samples.stream().sorted(byReads.thenComparing(byWrites)).toList().get((samples.size() - 1) / 2);
	}

}
