package dev.failover.embedded.autoconfigure;

import dev.failover.embedded.EmbeddedPair;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * How the application reaches the embedded primary.
 *
 * @param pair the pair
 */
record EmbeddedPrimaryConnectionDetails(EmbeddedPair pair) implements JdbcConnectionDetails {

	@Override
	public String getJdbcUrl() {
		return this.pair.primary().jdbcUrl();
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
