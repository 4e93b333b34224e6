package dev.failover.benchmarks.recovery.contender;

import org.jspecify.annotations.Nullable;

/**
 * HikariCP's system property of that name: a connection that was used within the window
 * is handed out without asking whether it lives. With 0, each is asked.
 */
final class AliveBypassWindow {

	private static final String NAME = "com.zaxxer.hikari.aliveBypassWindowMs";

	private AliveBypassWindow() {
	}

	/**
	 * Open pools with that window.
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
	 * What a report shows.
	 */
	static String line(int millis) {
		return "-D" + NAME + "=" + millis;
	}

	/**
	 * Opens pools.
	 *
	 * @param <T> what has them
	 * @param <E> what it may throw
	 */
	@FunctionalInterface
	interface Opening<T, E extends Exception> {

		T open() throws E;

	}

}
