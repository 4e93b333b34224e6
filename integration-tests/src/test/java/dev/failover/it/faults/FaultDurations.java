package dev.failover.it.faults;

import java.time.Duration;

/**
 * Duration of long faults: shortened unless {@code -Dfaults.long=true}.
 */
final class FaultDurations {

	private static final boolean LONG = Boolean.getBoolean("faults.long");

	private FaultDurations() {
	}

	static boolean areLong() {
		return LONG;
	}

	static Duration choose(Duration longOne, Duration shortOne) {
		return LONG ? longOne : shortOne;
	}

}
