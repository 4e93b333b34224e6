package dev.failover.dialect;

import dev.failover.History;
import dev.failover.Role;
import org.jspecify.annotations.Nullable;

/**
 * What a node says of itself in one probe.
 *
 * @param role its role
 * @param history which history its data belongs to, or null if it could not be read
 * @param position how far its log reaches, in bytes: written on a leader, applied on a
 * follower; null if it could not be read
 * @param branchedAt where the log that a promoted leader writes branched from the one
 * that it followed, in bytes; null if it was not promoted or could not be read
 */
public record Reading(Role role, @Nullable History history, @Nullable Long position, @Nullable Long branchedAt) {

	/**
	 * A reading that tells nothing but that the node answered.
	 */
	public static final Reading NOTHING = new Reading(Role.UNKNOWN, null, null, null);

	/**
	 * A reading of a node that was not promoted.
	 */
	public Reading(Role role, @Nullable History history, @Nullable Long position) {
		this(role, history, position, null);
	}

}
