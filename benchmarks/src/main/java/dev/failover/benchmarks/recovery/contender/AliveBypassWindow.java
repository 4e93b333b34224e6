package dev.failover.benchmarks.recovery.contender;

import org.jspecify.annotations.Nullable;

/**
 * HikariCP's system property of that name. HikariCP does not validate a connection that
 * was used within the window; with 0, it validates each connection.
 */
final class AliveBypassWindow {

	private static final String NAME = "com.zaxxer.hikari.aliveBypassWindowMs";

	private AliveBypassWindow() {
	}

	/**
	 * Opens pools with a window.
	 * @param millis milliseconds, null for HikariCP's default
	 */
	static <T, E extends Exception> T open(@Nullable Integer millis, Opening<T, E> opening) throws E {
		if (millis != null) {
			System.setProperty(NAME, millis.toString());
		}
		try {
			return opening.open();
		}
		finally {
			System.clearProperty(NAME);
		}
	}

	/**
	 * Returns the setting for the results.
	 */
	static String line(int millis) {
		return "-D" + NAME + "=" + millis;
	}

	/**
	 * Opens pools.
	 *
	 * @param <T> type of the result
	 * @param <E> type of the exception
	 */
	@FunctionalInterface
	interface Opening<T, E extends Exception> {

		T open() throws E;

	}

}
