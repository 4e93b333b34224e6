package dev.failover.benchmarks.overhead;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.failover.benchmarks.report.Table;
import dev.failover.benchmarks.run.Interval;
import dev.failover.benchmarks.run.Numbers;

/**
 * What ours was meant to cost, and what it costs.
 *
 * @param results what was measured
 */
record OverheadTargets(OverheadResults results) {

	private static final double CONNECTION = 1.05;

	private static final double STATEMENT = 1.01;

	/** What the allocations of other threads meanwhile come to for each call. */
	private static final double BYTES_OF_NOISE = 0.5;

	/**
	 * These fetch no connection before the first statement.
	 */
	private static final List<String> LAZY = List.of("LazyConnectionDataSourceProxy",
			Failover.NAME + " with offloaded reads");

	/**
	 * The targets as a section of the page.
	 */
	String text() {
		List<List<String>> rows = new ArrayList<>();
		for (Operation operation : Operation.values()) {
			for (int threads : this.results.plan().threads()) {
				if (this.results.measured(Failover.NAME, threads)) {
					time(rows, operation, threads);
					bytes(rows, operation, threads);
					peers(rows, operation, threads);
				}
			}
		}
		return """

				## Targets

				**not told apart**: the target lies within the interval. Peers that fetch no connection do not count for
				getConnection/close.

				""" + new Table(3, List.of("operation", "threads", "target", "measured", "met"), rows).render();
	}

	private void time(List<List<String>> rows, Operation operation, int threads) {
		double most = (operation == Operation.CONNECTION) ? CONNECTION : STATEMENT;
		Interval ratio = this.results.ratio(Failover.NAME, operation, threads);
		add(rows, operation, threads, "≤ " + Numbers.of(most, 2) + " × HikariCP alone", ratio.describe(3),
				(ratio.middle() <= most) ? "yes" : (ratio.low() <= most) ? "not told apart" : "**no**");
	}

	private void bytes(List<List<String>> rows, Operation operation, int threads) {
		double added = this.results.bytesAdded(Failover.NAME, operation, threads);
		add(rows, operation, threads, "0 bytes added", Numbers.of(added, 1),
				(added < BYTES_OF_NOISE) ? "yes" : "**no**");
	}

	/**
	 * Add how ours stands to the fastest peer.
	 */
	private void peers(List<List<String>> rows, Operation operation, int threads) {
		this.results.contenders()
			.stream()
			.filter((peer) -> !peer.startsWith(Failover.NAME) && !peer.equals(BareHikari.NAME))
			.filter((peer) -> operation == Operation.STATEMENT || !LAZY.contains(peer))
			.filter((peer) -> this.results.measured(peer, threads))
			.min(Comparator.comparingDouble((peer) -> this.results.ratio(peer, operation, threads).middle()))
			.ifPresent((peer) -> {
				Interval ratio = this.results.ratioTo(peer, operation, threads);
				add(rows, operation, threads, "ahead of every peer", ratio.describe(3) + " × " + peer,
						(ratio.high() < 1) ? "yes" : (ratio.low() <= 1) ? "level" : "**no**");
			});
	}

	private static void add(List<List<String>> rows, Operation operation, int threads, String target, String measured,
			String met) {
		rows.add(List.of(operation.label(), Integer.toString(threads), target, measured, met));
	}

}
