package dev.failover.internal.detection;

import java.time.Instant;

import dev.failover.Node;
import dev.failover.dialect.ReplicationReading;
import org.jspecify.annotations.Nullable;

/**
 * Receives the results of probes. Called on the prober's threads; must not block.
 */
public interface ProbeListener {

	/**
	 * Called when a probe has ended.
	 */
	void probed(ProbeResult result);

	/**
	 * Called when replication was read after an answered probe.
	 * @param reading state of replication, or null if it could not be read
	 */
	void replicationRead(Node node, @Nullable ReplicationReading reading, Instant at);

}
