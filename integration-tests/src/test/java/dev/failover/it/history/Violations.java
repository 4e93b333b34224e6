package dev.failover.it.history;

import java.util.List;

/**
 * Promises that a history shows to be broken; all lists are empty if none is.
 *
 * @param lost acknowledged writes that the surviving database does not have
 * @param duplicated ids of writes that the surviving database has more than once
 * @param failedButStored writes that were reported as failed and are stored
 * @param twoLeaders epochs in which two servers acknowledged writes
 * @param stale reads that missed a write acknowledged longer ago than allowed
 */
public record Violations(List<Operation> lost, List<Long> duplicated, List<Operation> failedButStored,
		List<String> twoLeaders, List<String> stale) {

	public Violations {
		lost = List.copyOf(lost);
		duplicated = List.copyOf(duplicated);
		failedButStored = List.copyOf(failedButStored);
		twoLeaders = List.copyOf(twoLeaders);
		stale = List.copyOf(stale);
	}

	public boolean isEmpty() {
		return this.lost.isEmpty() && this.duplicated.isEmpty() && this.failedButStored.isEmpty()
				&& this.twoLeaders.isEmpty() && this.stale.isEmpty();
	}

}
