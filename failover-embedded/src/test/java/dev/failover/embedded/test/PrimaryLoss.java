package dev.failover.embedded.test;

import dev.failover.embedded.EmbeddedPair;

import static org.awaitility.Awaitility.await;

/**
 * Loses the primary in the test of a slice.
 */
final class PrimaryLoss {

	private PrimaryLoss() {
	}

	/**
	 * Kills the primary of a pair, promotes the mirror, and repeats work until it is
	 * done.
	 */
	static void survive(EmbeddedPair pair, Runnable work) {
		pair.primary().kill();
		pair.mirror().promote();
		await().ignoreExceptions().untilAsserted(work::run);
	}

}
