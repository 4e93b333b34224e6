package dev.failover.embedded.autoconfigure;

import dev.failover.autoconfigure.MirrorConnectionDetails;
import dev.failover.embedded.EmbeddedPair;

/**
 * How the application reaches the embedded mirror.
 */
final class EmbeddedMirrorConnectionDetails extends EmbeddedConnectionDetails implements MirrorConnectionDetails {

	EmbeddedMirrorConnectionDetails(EmbeddedPair pair) {
		super(pair, pair.mirror());
	}

}
