package dev.failover.internal.detection;

import java.time.Instant;

import dev.failover.Node;
import dev.failover.dialect.ReplicationReading;
import org.jspecify.annotations.Nullable;

/**
 * Is told what probes found. Called on the prober's threads; must not block.
 */
public interface ProbeListener {

	/**
	 * A probe ended.
	 */
	void probed(ProbeResult result);

	/**
	 * Replication was read after an answered probe.
	 * @param reading what was read, or null if it could not be
	 */
	void replicationRead(Node node, @Nullable ReplicationReading reading, Instant at);

}
