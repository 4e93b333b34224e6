package dev.failover.benchmarks.recovery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.failover.benchmarks.recovery.result.Kind;
import dev.failover.benchmarks.recovery.result.RecoveryResults;
import dev.failover.benchmarks.recovery.result.Sample;
import dev.failover.benchmarks.run.RatioCheck;
import org.jspecify.annotations.Nullable;

/**
 * Limits of a small run. The best run of the starter is compared with the median of a
 * peer: other work on the machine makes some runs worse, a regression makes all of them
 * worse.
 */
final class RecoveryCheck {

	private static final List<PeerCheck> PEERS = List.of(
			// The starter knows after at most 1.75 s, pgjdbc by its socket time-out after
			// 2 s. A typical ratio is 0.6; the limit finds detection that is a third
			// slower.
			new PeerCheck(RecoveryOptions.OURS, RecoveryOptions.PEER, "freeze", Kind.READS, 0.85),
			new PeerCheck(RecoveryOptions.OURS, RecoveryOptions.PEER, "freeze", Kind.WRITES, 0.85),
			// The operating system tells both within tens of milliseconds, which vary by
			// factors. A typical ratio is 1.1.
			new PeerCheck(RecoveryOptions.OURS, RecoveryOptions.PEER, "kill", Kind.READS, 3),
			// Writes of the starter go on with the promotion, those of pgjdbc later. A
			// typical ratio is 0.85; the limit finds a quarter of a second.
			new PeerCheck(RecoveryOptions.OURS, RecoveryOptions.PEER, "kill", Kind.WRITES, 1));

	private RecoveryCheck() {
	}

	/**
	 * Returns what is worse than its limit.
	 */
	static List<String> findings(RecoveryResults results) {
		List<String> findings = new ArrayList<>(results.broken());
		PEERS.forEach((check) -> check.finding(results).ifPresent(findings::add));
		findings.addAll(brokenPromises(results, RecoveryOptions.OURS));
		return findings;
	}

	/**
	 * Returns the samples in which a contender lost or repeated a write, or left a client
	 * stuck. None may, however slow the machine is.
	 */
	static List<String> brokenPromises(RecoveryResults results, String contender) {
		return results.samples()
			.stream()
			.filter((sample) -> sample.contender().equals(contender))
			.filter((sample) -> sample.lost() + sample.duplicated() + stuck(sample) != 0)
			.map((sample) -> contender + ", " + sample.fault() + ": lost " + sample.lost() + ", duplicated "
					+ sample.duplicated() + ", stuck " + stuck(sample))
			.toList();
	}

	private static int stuck(Sample sample) {
		return sample.reads().stuck() + sample.writes().stuck();
	}

	/**
	 * Limit of the time to recover, as a ratio.
	 *
	 * @param ours the contender, of which the best run counts
	 * @param peer the peer, of which the median counts
	 * @param fault name of the fault
	 * @param kind kind of the clients
	 * @param greatest greatest ratio that is allowed
	 */
	record PeerCheck(String ours, String peer, String fault, Kind kind, double greatest) {

		Optional<String> finding(RecoveryResults results) {
			List<@Nullable Double> mine = times(results, this.ours);
			List<@Nullable Double> theirs = times(results, this.peer);
			String name = this.fault + ", " + this.kind.word() + " recovered";
			if (mine.isEmpty() || theirs.isEmpty()) {
				return Optional.of(name + ": nothing to compare, there are " + mine.size() + " samples of " + this.ours
						+ " and " + theirs.size() + " of " + this.peer);
			}
			Double best = mine.get(0);
			if (best == null) {
				return Optional.of(name + ": " + this.ours + " never recovered");
			}
			Double upper = theirs.get(theirs.size() / 2);
			Double lower = theirs.get((theirs.size() - 1) / 2);
			if (upper == null || lower == null) {
				return Optional.empty();
			}
			double median = (upper + lower) / 2;
			return new RatioCheck(String.format(Locale.ROOT, "%s, %s took at least %.0f ms, %s %.0f ms", name,
					this.ours, best, this.peer, median), this.greatest)
				.check(best / median);
		}

		/**
		 * Returns the times of a contender, ascending, those without recovery last.
		 */
		private List<@Nullable Double> times(RecoveryResults results, String contender) {
			List<@Nullable Double> times = new ArrayList<>();
			results.samples(contender, this.fault).forEach((sample) -> times.add(sample.impact(this.kind).recovered()));
			times.sort(Comparator.nullsLast(Comparator.naturalOrder()));
			return times;
		}

	}

}
