package dev.failover.benchmarks.overhead;

import dev.failover.FailoverState;
import dev.failover.FailoverStates;
import dev.failover.Mode;

import org.springframework.context.ApplicationContext;

/**
 * Waits until failover is as it is on every good day: measured is the healthy state.
 */
final class StubReadiness {

	private static final int ROUNDS = 1_000;

	private static final long PAUSE = 10;

	private StubReadiness() {
	}

	/**
	 * Wait until writes go to the primary and the mirror could take over.
	 * @throws IllegalStateException if that does not come to pass
	 */
	static void await(ApplicationContext context) throws InterruptedException {
		FailoverStates states = context.getBean(Failover.class);
		for (int i = 0; i < ROUNDS; i++) {
			FailoverState state = states.current();
			if (state.ready() && state.route().mode() == Mode.NORMAL) {
				return;
			}
			Thread.sleep(PAUSE);
		}
		throw new IllegalStateException("Failover does not come to its healthy state: " + states.current());
	}

}
