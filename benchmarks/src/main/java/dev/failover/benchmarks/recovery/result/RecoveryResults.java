package dev.failover.benchmarks.recovery.result;

import java.util.List;
import java.util.Map;

import dev.failover.benchmarks.run.Machine;
import org.jspecify.annotations.Nullable;

/**
 * Results of the recovery benchmark, as in its JSON file.
 *
 * @param date start of the measurement
 * @param machine machine of the measurement
 * @param setup parameters of the measurement
 * @param entrants all contenders, including those that were skipped
 * @param skipped number of contenders that were skipped
 * @param broken trials that failed, with the reason
 * @param samples results of the other trials
 */
public record RecoveryResults(String date, Machine machine, Setup setup, List<Entrant> entrants, int skipped,
		List<String> broken, List<Sample> samples) {

	public RecoveryResults {
		entrants = List.copyOf(entrants);
		broken = List.copyOf(broken);
		samples = List.copyOf(samples);
	}

	public List<Sample> samples(String contender, String fault) {
		return this.samples.stream().filter((sample) -> sample.isOf(contender, fault)).toList();
	}

	/**
	 * Parameters of the measurement.
	 *
	 * @param size name of the size of the measurement
	 * @param windowMillis time for which clients are observed after a fault
	 * @param promotionMillis time from a fault to the promotion of the mirror
	 * @param latePromotionMillis the same for faults with a late promotion
	 * @param writers client threads that write
	 * @param readers client threads that read
	 * @param paceMillis pause of a client between two calls
	 */
	public record Setup(String size, long windowMillis, long promotionMillis, long latePromotionMillis, int writers,
			int readers, long paceMillis) {

	}

	/**
	 * A contender.
	 *
	 * @param name name in the samples
	 * @param title name in tables and charts
	 * @param settings every setting that is not a default
	 * @param versions versions of its libraries
	 * @param skipped reason why it was skipped, null if it was not
	 * @param bound true if it only bounds the others and does not compete
	 * @param readsFromBoth true if it reads from both nodes before a fault
	 */
	public record Entrant(String name, String title, List<String> settings, Map<String, String> versions,
			@Nullable String skipped, boolean bound, boolean readsFromBoth) {

		public Entrant {
			settings = List.copyOf(settings);
			versions = Map.copyOf(versions);
		}

	}

}
