package dev.failover.internal.routing;

import java.lang.StackWalker.StackFrame;
import java.util.Optional;

/**
 * Finds the JDBC method that the application was calling when the pool saw an error.
 * <p>
 * HikariCP's proxies report an error on the caller's thread, from inside the method that
 * raised it (HikariCP 7.0.2, {@code ProxyConnection.checkException}). The method is
 * therefore on the stack, and nothing is recorded before a call. Costs nothing except on
 * errors.
 */
final class PoolCall {

	private static final String PROXIES = "com.zaxxer.hikari.pool.";

	private static final String HOOK = "checkException";

	/** The hook, the proxies' own frames and the call itself. */
	private static final int MAX_FRAMES = 16;

	private static final StackWalker WALKER = StackWalker.getInstance();

	private PoolCall() {
	}

	/**
	 * Returns the method of the pool's proxies that encloses this call; empty if there is
	 * none.
	 */
	static Optional<String> current() {
		return WALKER.walk((frames) -> frames.limit(MAX_FRAMES)
			.filter((frame) -> frame.getClassName().startsWith(PROXIES))
			.map(StackFrame::getMethodName)
			.filter((method) -> !method.equals(HOOK))
			.findFirst());
	}

}
