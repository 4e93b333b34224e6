package dev.failover.dialect;

import java.util.List;

import dev.failover.History;
import dev.failover.Role;
import org.jspecify.annotations.Nullable;

/**
 * Answer of a node to a probe. Each part but the role may be missing: what a server does
 * not tell costs only what depends on it.
 *
 * @param role role that the server reports
 * @param instance identity of the running server, which no other running server shares,
 * whatever name leads to it; null if it is not known
 * @param history data that the server holds: written on a leader, applied on a follower;
 * null if it could not be read
 * @param refusals parts that the server refused to tell
 */
public record Reading(Role role, @Nullable String instance, @Nullable History history, List<Refusal> refusals) {

	public Reading {
		refusals = List.copyOf(refusals);
	}

	/**
	 * Creates a reading in which nothing was refused.
	 */
	public Reading(Role role, @Nullable String instance, @Nullable History history) {
		this(role, instance, history, List.of());
	}

	/**
	 * Returns a copy with another role.
	 */
	public Reading withRole(Role role) {
		return new Reading(role, this.instance, this.history, this.refusals);
	}

	/**
	 * Part of a reading that a server refused to tell.
	 *
	 * @param part name of the part, such as the function that was called
	 * @param error SQLState and message of the server
	 * @param consequence what is not known without it, and the remedy, in sentences
	 */
	public record Refusal(String part, String error, String consequence) {

		/** Longest text of an error; what a server sends has no bound. */
		private static final int MAX_LENGTH = 500;

		public Refusal {
			error = (error.length() > MAX_LENGTH) ? error.substring(0, MAX_LENGTH) + "..." : error;
		}

	}

}
