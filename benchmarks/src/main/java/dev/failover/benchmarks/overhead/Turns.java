package dev.failover.benchmarks.overhead;

/**
 * Whose turn it is: all go one after another and then back again, so that in each block
 * of turns a machine that grows slower or faster favours nobody.
 *
 * @param count how many take turns
 */
record Turns(int count) {

	/**
	 * Turns of a block, two for each.
	 */
	int block() {
		return 2 * this.count;
	}

	/**
	 * Who has a turn.
	 * @param turn counted from 0
	 */
	int at(int turn) {
		int place = turn % block();
		return (place < this.count) ? place : block() - 1 - place;
	}

}
