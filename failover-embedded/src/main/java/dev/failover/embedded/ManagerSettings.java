package dev.failover.embedded;

import java.time.Duration;

/**
 * Settings of the failover manager.
 *
 * @param promoteAfter how long a leader is missed before the other node is promoted
 * @param fencing whether a deposed leader is kept from waking up
 */
record ManagerSettings(Duration promoteAfter, boolean fencing) {

	ManagerSettings {
		if (promoteAfter.isNegative()) {
			throw new IllegalArgumentException("A time to wait is not negative: " + promoteAfter);
		}
	}

}
