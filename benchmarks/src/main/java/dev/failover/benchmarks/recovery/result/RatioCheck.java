package dev.failover.benchmarks.recovery.result;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Holds one figure of a contender against that of another in the same run: of two on the
 * same machine at the same time, a ratio means something anywhere.
 *
 * @param ours the contender that is held to it
 * @param peer the one that it is compared with
 * @param fault name of the fault
 * @param kind which clients
 * @param greatest greatest ratio of the medians of the time until all clients were whole
 */
public record RatioCheck(String ours, String peer, String fault, Kind kind, double greatest) {

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
		Double ourMedian = median(mine);
		Double peerMedian = median(theirs);
		if (ourMedian == null) {
			return Optional.of(name() + ": " + this.ours + " never was whole");
		}
		if (peerMedian == null || ourMedian <= this.greatest * peerMedian) {
			return Optional.empty();
		}
		return Optional.of(String.format(Locale.ROOT, "%s: %s took %.0f ms, %s %.0f ms; the ratio %.2f is above %.2f",
				name(), this.ours, ourMedian, this.peer, peerMedian, ourMedian / peerMedian, this.greatest));
	}

	private String name() {
		return this.fault + ", " + this.kind.word() + " whole";
	}

	private @Nullable Double median(List<Sample> samples) {
		Function<Sample, @Nullable Double> whole = (sample) -> sample.columns(this.kind).whole();
		return Spread.of(samples, whole).median();
	}

}
