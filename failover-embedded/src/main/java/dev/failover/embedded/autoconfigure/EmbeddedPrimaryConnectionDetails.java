package dev.failover.embedded.autoconfigure;

import dev.failover.embedded.EmbeddedPair;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * How the application reaches the embedded primary.
 */
final class EmbeddedPrimaryConnectionDetails extends EmbeddedConnectionDetails implements JdbcConnectionDetails {

	EmbeddedPrimaryConnectionDetails(EmbeddedPair pair) {
		super(pair, pair.primary());
	}

}
