package dev.failover.dialect;

import dev.failover.History;
import dev.failover.Role;
import org.jspecify.annotations.Nullable;

/**
 * Answer of a node to one probe. Positions are counted in the unit of
 * {@link Dialect#positionUnit()}.
 *
 * @param role role of the server
 * @param history history that its data belongs to, or null if it could not be read
 * @param position end of its log: the last position written on a leader, or applied on a
 * follower; null if it could not be read
 * @param branchedAt position at which the log of a promoted leader branched from the log
 * that it followed; null if it was not promoted or could not be read
 */
public record Reading(Role role, @Nullable History history, @Nullable Long position, @Nullable Long branchedAt) {

	/**
	 * Creates the reading of a node that was not promoted.
	 */
	public Reading(Role role, @Nullable History history, @Nullable Long position) {
		this(role, history, position, null);
	}

}
