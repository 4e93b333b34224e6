package dev.failover.benchmarks.recovery.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.failover.benchmarks.recovery.result.Entrant;
import dev.failover.benchmarks.recovery.result.Kind;
import dev.failover.benchmarks.recovery.result.Percentiles;
import dev.failover.benchmarks.recovery.result.Result;
import dev.failover.benchmarks.recovery.result.Sample;
import dev.failover.benchmarks.recovery.result.Spread;

/**
 * Draws latency percentiles of calls through a fault, of reads and of writes: medians
 * over the repetitions.
 */
final class PercentileChart {

	private static final List<String> COLOURS = List.of("#0b5fa5", "#4aa3df", "#12a89d", "#b8a000", "#7d5a00",
			"#e4572e", "#5b6770", "#8e44ad", "#d16ba5", "#000000");

	private static final String GRID = "#dddde3";

	private static final String INK = "#222";

	private static final int TOP = 70;

	private static final int HEIGHT = 300;

	private static final int WIDTH = 400;

	private static final int GAP = 80;

	private static final int LEFT = 80;

	private static final int LEGEND = 340;

	/** Powers of ten, in milliseconds, at the ends of the axis. */
	private static final int LOWEST = -1;

	private static final int HIGHEST = 4;

	private final Result result;

	private final String fault;

	private final List<Entrant> entrants;

	private final Svg svg = new Svg(LEFT + 2 * WIDTH + GAP + LEGEND, TOP + HEIGHT + 60);

	PercentileChart(Result result, String fault) {
		this.result = result;
		this.fault = fault;
		this.entrants = result.entrants(fault);
	}

	/**
	 * Draw.
	 */
	String draw() {
		this.svg.text(12, 22, 15, "Latency of calls that ended after the fault: " + Words.fault(this.fault));
		panel(Kind.READS, LEFT);
		panel(Kind.WRITES, LEFT + WIDTH + GAP);
		int y = TOP + 10;
		for (Entrant entrant : this.entrants) {
			double x = LEFT + 2 * WIDTH + GAP + 24;
			this.svg.path(List.of(new double[] { x, y }, new double[] { x + 24, y }), colour(entrant), 3);
			this.svg.text(x + 32, y + 4, 12, entrant.title());
			y += 22;
		}
		return this.svg.toString();
	}

	private void panel(Kind kind, int left) {
		this.svg.text(left + WIDTH / 2.0, TOP - 14, 14, "middle", kind.word());
		for (int power = LOWEST; power <= HIGHEST; power++) {
			double y = y(Math.pow(10, power));
			this.svg.line(left, y, left + WIDTH, y, GRID);
			this.svg.text(left - 6, y + 4, 12, "end", label(power));
		}
		int levels = Percentiles.LEVELS.size();
		for (int level = 0; level < levels; level++) {
			double x = x(left, level);
			this.svg.line(x, TOP, x, TOP + HEIGHT, GRID);
			String name = (level == levels - 1) ? "max" : trim(Percentiles.LEVELS.get(level));
			this.svg.text(x, TOP + HEIGHT + 18, 12, "middle", name);
		}
		this.svg.text(left + WIDTH / 2.0, TOP + HEIGHT + 40, 12, "middle", "percentile of calls");
		this.svg.line(left, TOP + HEIGHT, left + WIDTH, TOP + HEIGHT, INK);
		for (int i = this.entrants.size() - 1; i >= 0; i--) {
			curve(this.entrants.get(i), kind, left);
		}
	}

	private void curve(Entrant entrant, Kind kind, int left) {
		List<Sample> samples = this.result.samples(entrant.name(), this.fault);
		List<double[]> points = new ArrayList<>();
		for (int level = 0; level < Percentiles.LEVELS.size(); level++) {
			int index = level;
			Double median = Spread.of(samples, (sample) -> sample.percentiles(kind).millis().get(index)).median();
			points.add(new double[] { x(left, level), y((median != null) ? median : 0) });
		}
		this.svg.path(points, colour(entrant), entrant.name().startsWith("ours") ? 3 : 1.8);
	}

	private String colour(Entrant entrant) {
		int index = this.result.entrants().indexOf(entrant);
		return COLOURS.get(index % COLOURS.size());
	}

	private static String label(int power) {
		return (power < 0) ? "0.1 ms"
				: (power < 3) ? (int) Math.pow(10, power) + " ms" : (int) Math.pow(10, power - 3) + " s";
	}

	private static String trim(double level) {
		return (level == Math.rint(level)) ? String.format(Locale.ROOT, "%.0f", level) : String.valueOf(level);
	}

	private static double x(int left, int level) {
		return left + level * (double) WIDTH / (Percentiles.LEVELS.size() - 1);
	}

	private static double y(double millis) {
		double power = Math.log10(Math.max(millis, Math.pow(10, LOWEST)));
		double share = (Math.min(power, HIGHEST) - LOWEST) / (HIGHEST - LOWEST);
		return TOP + HEIGHT * (1 - share);
	}

}
