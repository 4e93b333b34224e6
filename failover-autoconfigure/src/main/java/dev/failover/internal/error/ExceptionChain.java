package dev.failover.internal.error;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Walks the chain of an exception: {@linkplain SQLException#getNextException() next
 * exceptions} and causes. Chains that drivers build can be long or cyclic, so a walk is
 * bounded and visits each exception once.
 */
public final class ExceptionChain {

	/** Longest walk; real chains have fewer than ten links. */
	private static final int MAX_LENGTH = 20;

	private ExceptionChain() {
	}

	/**
	 * Returns the exception itself, then those that it leads to: of each, its next
	 * exception comes before its cause.
	 */
	public static Stream<Throwable> of(Throwable error) {
		Set<Throwable> visited = Collections.newSetFromMap(new IdentityHashMap<>());
		List<Throwable> chain = new ArrayList<>();
		Deque<Throwable> pending = new ArrayDeque<>();
		pending.push(error);
		while (!pending.isEmpty() && chain.size() < MAX_LENGTH) {
			Throwable current = pending.pop();
			if (visited.add(current)) {
				chain.add(current);
				push(current.getCause(), pending);
				push((current instanceof SQLException sql) ? sql.getNextException() : null, pending);
			}
		}
		return chain.stream();
	}

	private static void push(@Nullable Throwable error, Deque<Throwable> pending) {
		if (error != null) {
			pending.push(error);
		}
	}

	/**
	 * Returns the last exception along the causes, or the exception itself if it has no
	 * cause.
	 */
	public static Throwable rootCause(Throwable error) {
		Throwable root = error;
		for (int i = 1; root.getCause() != null && i < MAX_LENGTH; i++) {
			root = root.getCause();
		}
		return root;
	}

}
