package dev.failover.dialect.postgresql;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Timelines that running followers have shown. Without a connection to its source, a
 * follower tells the timeline of its last restart point, which can be an earlier one than
 * it has replayed; the server itself returns to an earlier one only by a restart.
 * Thread-safe.
 */
final class FollowedTimelines {

	/** Servers that are remembered; those seen last. */
	private static final int MAX_SERVERS = 64;

	private final Map<String, Long> latest = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
			return size() > MAX_SERVERS;
		}

	};

	/**
	 * Returns the latest timeline that a follower has shown.
	 * @param instance identity of the running server, or null if it is not known
	 * @param told timeline that it tells now, or null
	 */
	synchronized @Nullable Long latest(@Nullable String instance, @Nullable Long told) {
		if (instance == null || told == null) {
			return told;
		}
		return this.latest.merge(instance, told, Math::max);
	}

}
