package org.springframework.integration.jdbc.lock;

/**
 * Calls from the package of the lock registry of Spring Integration.
 */
public final class StubJdbcLock {

	private StubJdbcLock() {
	}

	/**
	 * Runs work as the lock registry does.
	 */
	public static void run(Runnable work) {
		work.run();
	}

}
