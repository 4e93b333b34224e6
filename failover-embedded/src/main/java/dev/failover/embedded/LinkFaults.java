package dev.failover.embedded;

import java.time.Duration;

/**
 * What is wrong with a link.
 *
 * @param cutToServer whether nothing reaches the server
 * @param cutToClient whether nothing reaches the clients
 * @param reset whether new connections are reset
 * @param refuse whether new connections are refused
 * @param delay what a round trip takes longer
 * @param drop share of new connections that are reset
 */
record LinkFaults(boolean cutToServer, boolean cutToClient, boolean reset, boolean refuse, Duration delay,
		double drop) {

	static final LinkFaults NONE = new LinkFaults(false, false, false, false, Duration.ZERO, 0);

	LinkFaults {
		if (delay.isNegative()) {
			throw new IllegalArgumentException("A delay is not negative: " + delay);
		}
		if (!(drop >= 0 && drop <= 1)) {
			throw new IllegalArgumentException("A share is from 0 to 1: " + drop);
		}
	}

	LinkFaults withCut(Direction direction) {
		return new LinkFaults(this.cutToServer || direction == Direction.TO_SERVER,
				this.cutToClient || direction == Direction.TO_CLIENT, this.reset, this.refuse, this.delay, this.drop);
	}

	LinkFaults withReset() {
		return new LinkFaults(this.cutToServer, this.cutToClient, true, this.refuse, this.delay, this.drop);
	}

	LinkFaults withRefuse() {
		return new LinkFaults(this.cutToServer, this.cutToClient, this.reset, true, this.delay, this.drop);
	}

	LinkFaults withDelay(Duration changed) {
		return new LinkFaults(this.cutToServer, this.cutToClient, this.reset, this.refuse, changed, this.drop);
	}

	LinkFaults withDrop(double share) {
		return new LinkFaults(this.cutToServer, this.cutToClient, this.reset, this.refuse, this.delay, share);
	}

	boolean isCut(Direction direction) {
		return (direction == Direction.TO_SERVER) ? this.cutToServer : this.cutToClient;
	}

	/**
	 * Say whether clients can connect: to a server that is there, or to the silence of a
	 * cut or the reset of a broken link, which hide whether it is.
	 */
	boolean isOpen(boolean serverIsThere) {
		return !this.refuse && (serverIsThere || this.cutToServer || this.cutToClient || this.reset);
	}

	/**
	 * Return what one direction takes longer.
	 */
	long oneWayNanos() {
		return this.delay.toNanos() / 2;
	}

}
