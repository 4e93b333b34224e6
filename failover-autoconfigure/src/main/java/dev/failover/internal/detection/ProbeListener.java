package dev.failover.internal.detection;

import java.time.Instant;

import dev.failover.Node;
import dev.failover.dialect.ReplicationReading;
import org.jspecify.annotations.Nullable;

/**
 * Receives what probes find. Called on the prober's threads; must not block.
 */
public interface ProbeListener {

	/**
	 * Called when a probe has ended.
	 */
	void probed(ProbeResult result);

	/**
	 * Called when replication was read after an answered probe.
	 * @param reading what was read, or null if it could not be read
	 */
	void replicationRead(Node node, @Nullable ReplicationReading reading, Instant at);

}
