package dev.failover.stub;

import java.util.List;
import java.util.function.Supplier;

/**
 * Throwables that collaborators of the engine may throw.
 */
public final class Failures {

	private Failures() {
	}

	/**
	 * Returns makers of exceptions and errors.
	 */
	public static List<Supplier<Throwable>> all() {
		return List.of(() -> new IllegalStateException("a bug"),
				() -> new OutOfMemoryError("unable to create native thread"), () -> new StackOverflowError("too deep"),
				() -> new NoClassDefFoundError("org/example/Missing"), () -> new AssertionError("not as asserted"));
	}

	/**
	 * Throws a throwable, checked or not.
	 */
	public static void raise(Throwable failure) {
		Failures.<RuntimeException>sneak(failure);
	}

	@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
	private static <T extends Throwable> void sneak(Throwable failure) throws T {
		throw (T) failure;
	}

}
