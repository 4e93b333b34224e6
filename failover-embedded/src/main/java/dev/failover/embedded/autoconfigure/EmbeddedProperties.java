package dev.failover.embedded.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the embedded pair.
 *
 * @param enabled Whether to start an embedded PostgreSQL pair when no database is
 * configured.
 * @param promoteAfter How long the pair's own failover manager misses a leader before it
 * promotes the other node. None by default: nothing is promoted unasked.
 * @param fencing Whether the failover manager keeps a deposed leader from waking up.
 * @param synchronous Whether commits wait for the standby while it streams.
 * @param database Name of the database.
 * @param username Name of the application's role, which owns the database.
 * @param password Password of the application's role. Made up at each start by default.
 */
@ConfigurationProperties("failover.embedded")
record EmbeddedProperties(@DefaultValue("true") boolean enabled, @Nullable Duration promoteAfter,
		@DefaultValue("true") boolean fencing, @DefaultValue("false") boolean synchronous,
		@DefaultValue("app") String database, @DefaultValue("app") String username, @Nullable String password) {

}
