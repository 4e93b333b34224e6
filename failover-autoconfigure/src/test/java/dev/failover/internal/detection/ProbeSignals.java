package dev.failover.internal.detection;

import java.time.Duration;

/**
 * Reads a {@link ProbeSignal} as the prober does, for tests of those who give signals.
 */
public final class ProbeSignals {

	private ProbeSignals() {
	}

	/**
	 * Returns whether the prober was woken since the last call.
	 */
	public static boolean pollWakeUp(ProbeSignal signal) throws InterruptedException {
		return signal.await(Duration.ZERO);
	}

	public static boolean isUrgent(ProbeSignal signal) {
		return signal.urgentSince() != 0;
	}

	public static boolean isShared(ProbeSignal signal) {
		return signal.sharedSince() != 0;
	}

}
