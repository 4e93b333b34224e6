package dev.failover.monitor;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import dev.failover.detection.ProbeListener;
import dev.failover.detection.ProbeResult;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import dev.failover.topology.Node;

/**
 * Remembers how much of the log each node had applied when it was last asked, and passes
 * on what it is told. Thread-safe.
 */
final class AppliedPositions implements ProbeListener {

	private final ProbeListener next;

	private final Map<Node, Long> positions = new ConcurrentHashMap<>();

	AppliedPositions(ProbeListener next) {
		this.next = next;
	}

	/**
	 * Position of a node in bytes of log, or null if it never told one.
	 */
	@Nullable Long of(Node node) {
		return this.positions.get(node);
	}

	@Override
	public void probed(ProbeResult result) {
		Reading reading = result.reading();
		Long position = (reading != null) ? reading.position() : null;
		if (position != null) {
			this.positions.put(result.node(), position);
		}
		this.next.probed(result);
	}

	@Override
	public void replicationRead(Node node, @Nullable ReplicationReading reading, Instant at) {
		this.next.replicationRead(node, reading, at);
	}

}
