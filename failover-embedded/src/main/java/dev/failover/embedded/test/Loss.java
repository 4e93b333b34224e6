package dev.failover.embedded.test;

/**
 * Loss of the node at one moment of one point.
 *
 * @param point the statement or commit
 * @param moment the moment
 * @param total number of points of that kind
 */
record Loss(LossPoint point, Moment moment, long total) {

	@Override
	public String toString() {
		return "lost " + this.moment + " " + this.point.describe(this.total);
	}

}
