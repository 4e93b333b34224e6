package dev.failover.benchmarks.recovery.result;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.failover.benchmarks.run.RatioCheck;

/**
 * Holds how soon all clients of a contender were whole, in its best run, against the
 * median of another's.
 *
 * @param ours the contender that is held to it
 * @param peer the one that it is compared with
 * @param fault name of the fault
 * @param kind which clients
 * @param greatest greatest ratio
 */
public record PeerCheck(String ours, String peer, String fault, Kind kind, double greatest) {

	/**
	 * Check.
	 * @return what is wrong, empty if nothing is
	 */
	public Optional<String> check(Result result) {
		List<Sample> mine = result.samples(this.ours, this.fault);
		List<Sample> theirs = result.samples(this.peer, this.fault);
		if (mine.isEmpty() || theirs.isEmpty()) {
			return Optional.of(name() + ": nothing to compare, there are " + mine.size() + " samples of " + this.ours
					+ " and " + theirs.size() + " of " + this.peer);
		}
		Double best = spread(mine).least();
		Double median = spread(theirs).median();
		if (best == null) {
			return Optional.of(name() + ": " + this.ours + " never was whole");
		}
		if (median == null) {
			return Optional.empty();
		}
		return new RatioCheck(String.format(Locale.ROOT, "%s, %s took at least %.0f ms, %s %.0f ms", name(), this.ours,
				best, this.peer, median), this.greatest)
			.check(best / median);
	}

	private String name() {
		return this.fault + ", " + this.kind.word() + " whole";
	}

	private Spread spread(List<Sample> samples) {
		return Spread.of(samples, (sample) -> sample.columns(this.kind).whole());
	}

}
