package dev.failover.it.history;

import java.util.List;

/**
 * What a history proves wrong; all empty when every promise was kept.
 *
 * @param lost acknowledged writes that the surviving database does not have
 * @param duplicated writes that it has more than once
 * @param undead writes that were told to have failed, and are there all the same
 * @param twoLeaders epochs in which two servers acknowledged writes
 * @param stale reads that did not see a write acknowledged longer ago than allowed
 */
public record Findings(List<Operation> lost, List<Long> duplicated, List<Operation> undead, List<String> twoLeaders,
		List<String> stale) {

	public Findings {
		lost = List.copyOf(lost);
		duplicated = List.copyOf(duplicated);
		undead = List.copyOf(undead);
		twoLeaders = List.copyOf(twoLeaders);
		stale = List.copyOf(stale);
	}

	/**
	 * Whether nothing is wrong.
	 */
	public boolean clean() {
		return this.lost.isEmpty() && this.duplicated.isEmpty() && this.undead.isEmpty() && this.twoLeaders.isEmpty()
				&& this.stale.isEmpty();
	}

}
