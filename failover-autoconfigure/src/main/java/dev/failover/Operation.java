package dev.failover;

import java.time.Instant;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Operation that an operator requested.
 *
 * @param action the requested action
 * @param target node that it concerns, or null if it concerns the whole cluster
 * @param detail further parameters as text, such as {@code freeze for PT10S}, or null
 * @param operator name of the caller
 * @param since time of the request
 */
public record Operation(Action action, @Nullable Node target, @Nullable String detail, String operator, Instant since) {

	/**
	 * Actions of an operator.
	 */
	public enum Action {

		/** The route moves to another node. */
		SWITCHOVER,

		/** The route moves back to the primary. */
		FAILBACK,

		/** Automatic changes of the route stop. */
		PAUSE,

		/** Automatic changes of the route are allowed again. */
		RESUME,

		/** The loss of a node is rehearsed. */
		DRILL;

		/**
		 * Returns the name in the endpoint, in meters and in the log, such as
		 * {@code switchover}.
		 */
		public String label() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * Outcomes of an operation.
	 */
	public enum Outcome {

		/** The operation was carried out. */
		DONE,

		/** The operation was refused or given up; the route is unchanged. */
		REFUSED,

		/** An unexpected error ended the operation. */
		FAILED;

		/**
		 * Returns the name in meters and in the log, such as {@code refused}.
		 */
		public String label() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
