package dev.failover.internal.monitor;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.failover.Node;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import dev.failover.internal.detection.ProbeListener;
import dev.failover.internal.detection.ProbeResult;
import org.jspecify.annotations.Nullable;

/**
 * Remembers how much of the log each node had applied when it was last asked, and passes
 * on what it is told. Thread-safe.
 */
public final class AppliedPositions implements ProbeListener {

	private final ProbeListener next;

	private final Map<Node, Long> positions = new ConcurrentHashMap<>();

	public AppliedPositions(ProbeListener next) {
		this.next = next;
	}

	/**
	 * Position of a node in bytes of log, or null if it never told one.
	 */
	public @Nullable Long of(Node node) {
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
