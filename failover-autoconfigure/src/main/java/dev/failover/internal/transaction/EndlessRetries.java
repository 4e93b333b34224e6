package dev.failover.internal.transaction;

/**
 * Callers that repeat their work after each transient error, at once and without end: the
 * lock registry of Spring Integration, also in {@code tryLock} with a time (Spring
 * Integration 7.1.2, {@code JdbcLockRegistry.JdbcLock}). While no node accepts writes
 * they would occupy a thread and a processor. They get the exceptions that they get
 * without failover, which end the call.
 */
final class EndlessRetries {

	private static final String CALLERS = "org.springframework.integration.jdbc.lock.";

	private static final StackWalker WALKER = StackWalker.getInstance();

	private EndlessRetries() {
	}

	/**
	 * Returns whether one of these callers is on the stack of the current thread.
	 */
	static boolean areCalling() {
		return WALKER.walk((frames) -> frames.anyMatch((frame) -> frame.getClassName().startsWith(CALLERS)));
	}

}
