package dev.failover.benchmarks.recovery.result;

import java.util.List;

/**
 * What a contender must never do, however slow the machine: lose or repeat a write, or
 * leave a client stuck.
 *
 * @param contender its name
 */
public record PromiseCheck(String contender) {

	/**
	 * Check all samples.
	 * @return what is wrong
	 */
	public List<String> check(Result result) {
		return result.samples()
			.stream()
			.filter((sample) -> sample.contender().equals(this.contender) && !isKept(sample))
			.map((sample) -> sample.contender() + ", " + sample.fault() + ": lost " + sample.lost() + ", duplicated "
					+ sample.duplicated() + ", stuck " + stuck(sample))
			.toList();
	}

	private static boolean isKept(Sample sample) {
		return sample.lost() == 0 && sample.duplicated() == 0 && stuck(sample) == 0;
	}

	private static int stuck(Sample sample) {
		return sample.reads().stuck() + sample.writes().stuck();
	}

}
