package dev.failover.embedded.autoconfigure;

import dev.failover.autoconfigure.MirrorConnectionDetails;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * Details required to establish a connection to a node of the embedded pair.
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

	/**
	 * Details required to establish a connection to the embedded primary.
	 */
	static final class Primary extends EmbeddedConnectionDetails implements JdbcConnectionDetails {

		Primary(EmbeddedPair pair) {
			super(pair, pair.primary());
		}

	}

	/**
	 * Details required to establish a connection to the embedded mirror.
	 */
	static final class Mirror extends EmbeddedConnectionDetails implements MirrorConnectionDetails {

		Mirror(EmbeddedPair pair) {
			super(pair, pair.mirror());
		}

	}

}
