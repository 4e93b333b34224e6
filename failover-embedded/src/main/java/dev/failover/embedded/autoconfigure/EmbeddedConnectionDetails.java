package dev.failover.embedded.autoconfigure;

import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;

/**
 * How the application reaches a node of the embedded pair.
 */
abstract class EmbeddedConnectionDetails {

	private final EmbeddedPair pair;

	private final EmbeddedNode node;

	EmbeddedConnectionDetails(EmbeddedPair pair, EmbeddedNode node) {
		this.pair = pair;
		this.node = node;
	}

	public final String getJdbcUrl() {
		return this.node.jdbcUrl();
	}

	public final String getUsername() {
		return this.pair.username();
	}

	public final String getPassword() {
		return this.pair.password();
	}

}
