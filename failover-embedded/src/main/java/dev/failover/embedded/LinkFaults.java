package dev.failover.embedded;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * The faults of a link that are in force.
 *
 * @param cut directions in which no byte arrives
 * @param reset whether new connections are reset
 * @param refuse whether new connections are refused
 * @param delay additional time that a round trip takes
 * @param dropShare share of the new connections that are reset, from 0 to 1
 */
record LinkFaults(Set<Link.Direction> cut, boolean reset, boolean refuse, Duration delay, double dropShare) {

	static final LinkFaults NONE = new LinkFaults(Set.of(), false, false, Duration.ZERO, 0);

	LinkFaults {
		cut = Set.copyOf(cut);
		if (delay.isNegative()) {
			throw new IllegalArgumentException("A delay must not be negative: " + delay);
		}
		if (!(dropShare >= 0 && dropShare <= 1)) {
			throw new IllegalArgumentException("A share must be from 0 to 1: " + dropShare);
		}
	}

	LinkFaults withCut(Link.Direction direction) {
		Set<Link.Direction> directions = EnumSet.of(direction);
		directions.addAll(this.cut);
		return new LinkFaults(directions, this.reset, this.refuse, this.delay, this.dropShare);
	}

	LinkFaults withReset() {
		return new LinkFaults(this.cut, true, this.refuse, this.delay, this.dropShare);
	}

	LinkFaults withRefuse() {
		return new LinkFaults(this.cut, this.reset, true, this.delay, this.dropShare);
	}

	LinkFaults withDelay(Duration changed) {
		return new LinkFaults(this.cut, this.reset, this.refuse, changed, this.dropShare);
	}

	LinkFaults withDropShare(double changed) {
		return new LinkFaults(this.cut, this.reset, this.refuse, this.delay, changed);
	}

	boolean isCut(Link.Direction direction) {
		return this.cut.contains(direction);
	}

	/**
	 * Return whether the link listens. It does while the server listens, and while a cut
	 * or a reset hides from the clients that the server does not.
	 * @param serverListens whether the server listens
	 * @return whether the link listens
	 */
	boolean acceptsConnections(boolean serverListens) {
		return !this.refuse && (serverListens || !this.cut.isEmpty() || this.reset);
	}

	/**
	 * Return the additional time that one direction takes.
	 * @return the time in nanoseconds
	 */
	long oneWayNanos() {
		return this.delay.toNanos() / 2;
	}

}
