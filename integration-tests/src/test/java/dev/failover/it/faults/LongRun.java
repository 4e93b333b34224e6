package dev.failover.it.faults;

import java.time.Duration;

/**
 * What takes long is shortened unless {@code -Dfailover.faults.long=true}.
 */
final class LongRun {

	private static final boolean LONG = Boolean.getBoolean("failover.faults.long");

	private LongRun() {
	}

	static boolean wanted() {
		return LONG;
	}

	static Duration orShort(Duration longOne, Duration shortOne) {
		return LONG ? longOne : shortOne;
	}

}
