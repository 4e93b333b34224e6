package dev.failover.benchmarks.scale;

import java.util.List;

/**
 * When the instances of a fleet left a lost node.
 *
 * @param fault what happened to it
 * @param instances size of the fleet
 * @param millis time from the fault to each instance's new route, ascending
 * @param changes route changes of the whole fleet; one each is right
 */
record DetectionSpread(String fault, int instances, List<Double> millis, int changes) {

	/**
	 * The time within which that part of the fleet had moved.
	 * @param part from 0 to 1
	 */
	double within(double part) {
		int index = (int) Math.ceil(part * this.millis.size()) - 1;
		return this.millis.get(Math.max(0, index));
	}

}
