package dev.failover.benchmarks.recovery.result;

import java.util.List;

import dev.failover.benchmarks.run.Machine;

/**
 * All that was measured, as it is in the JSON file: the report is made of nothing else.
 *
 * @param date when it began
 * @param machine where
 * @param setup how
 * @param entrants contenders, those that were skipped included
 * @param skipped how many were skipped
 * @param broken trials that could not be played to their end, and why
 * @param samples everything measured
 */
public record Result(String date, Machine machine, Setup setup, List<Entrant> entrants, int skipped,
		List<String> broken, List<Sample> samples) {

	public Result {
		entrants = List.copyOf(entrants);
		broken = List.copyOf(broken);
		samples = List.copyOf(samples);
	}

	/**
	 * Faults in the order in which they were played.
	 */
	public List<String> faults() {
		return this.samples.stream().map(Sample::fault).distinct().toList();
	}

	/**
	 * Samples of a contender through a fault.
	 */
	public List<Sample> samples(String contender, String fault) {
		return this.samples.stream().filter((sample) -> sample.isOf(contender, fault)).toList();
	}

	/**
	 * Contenders that have samples of a fault, without what only bounds them.
	 */
	public List<Entrant> contenders(String fault) {
		return entrants(fault).stream().filter(Entrant::competes).toList();
	}

	/**
	 * All that have samples of a fault.
	 */
	public List<Entrant> entrants(String fault) {
		return this.entrants.stream().filter((entrant) -> !samples(entrant.name(), fault).isEmpty()).toList();
	}

}
