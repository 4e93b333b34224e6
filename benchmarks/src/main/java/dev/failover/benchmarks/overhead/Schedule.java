package dev.failover.benchmarks.overhead;

/**
 * Order of the targets of a benchmark: forward, then backward, block after block. A
 * machine that becomes slower or faster during a block affects all of them alike.
 *
 * @param targets number of targets
 */
record Schedule(int targets) {

	/**
	 * Returns the number of iterations in a block, two for each target.
	 */
	int block() {
		return 2 * this.targets;
	}

	/**
	 * Returns the target of an iteration, both counted from 0.
	 */
	int at(int iteration) {
		int place = iteration % block();
		return (place < this.targets) ? place : block() - 1 - place;
	}

}
