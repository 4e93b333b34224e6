package dev.failover.embedded.test;

import java.lang.StackWalker.StackFrame;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the callers of a physical connection on the stack of the current thread.
 */
final class CallerStack {

	/** Proxies that HikariCP hands out (HikariCP 7.0.2). */
	private static final String POOL = "com.zaxxer.hikari.pool.HikariProxy";

	private static final StackWalker WALKER = StackWalker.getInstance();

	private CallerStack() {
	}

	/**
	 * Returns whether the connection is used by somebody to whom the pool has handed it
	 * out. The pool itself uses it, too.
	 */
	static boolean isThroughPool() {
		return WALKER.walk((frames) -> frames.anyMatch((frame) -> frame.getClassName().startsWith(POOL)));
	}

	/**
	 * Returns the method above the pool that is the nearest one of the application, such
	 * as {@code OrderService.place}.
	 * @param application tells whether a class is one of the application, by its name
	 */
	static Optional<String> caller(Predicate<String> application) {
		return WALKER.walk((frames) -> frames.dropWhile((frame) -> !frame.getClassName().startsWith(POOL))
			.filter((frame) -> !frame.getClassName().contains("$Proxy"))
			.filter((frame) -> application.test(frame.getClassName()))
			.findFirst()
			.map(CallerStack::describe));
	}

	private static String describe(StackFrame frame) {
		String type = frame.getClassName().replaceFirst("\\$\\$.*", "").replaceFirst(".*[.$]", "");
		return type + "." + frame.getMethodName().replaceFirst("lambda\\$(\\w+)\\$\\d+", "$1");
	}

}
