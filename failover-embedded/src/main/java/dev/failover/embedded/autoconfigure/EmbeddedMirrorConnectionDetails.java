package dev.failover.embedded.autoconfigure;

import dev.failover.autoconfigure.MirrorConnectionDetails;
import dev.failover.embedded.EmbeddedPair;

/**
 * How the application reaches the embedded mirror.
 *
 * @param pair the pair
 */
record EmbeddedMirrorConnectionDetails(EmbeddedPair pair) implements MirrorConnectionDetails {

	@Override
	public String getJdbcUrl() {
		return this.pair.mirror().jdbcUrl();
	}

	@Override
	public String getUsername() {
		return this.pair.username();
	}

	@Override
	public String getPassword() {
		return this.pair.password();
	}

}
