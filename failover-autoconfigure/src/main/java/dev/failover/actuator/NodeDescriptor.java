package dev.failover.actuator;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.failover.BreakerState;
import dev.failover.NodeState;
import dev.failover.NodeStatus;
import dev.failover.PoolStats;
import dev.failover.Probe;
import dev.failover.Replication;
import dev.failover.Role;
import dev.failover.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Node in the endpoint's answer; {@code replication} is present for followers only.
 */
@JsonInclude(Include.ALWAYS)
record NodeDescriptor(String address, @Nullable String server, NodeState state, Role role, Instant since,
		BreakerState breaker, @Nullable LastProbeDescriptor lastProbe, @Nullable String history, PoolStats pool,
		@JsonInclude(Include.NON_NULL) @Nullable ReplicationDescriptor replication) {

	static NodeDescriptor of(NodeStatus status, PoolStats pool, String positionUnit) {
		Probe probe = status.lastProbe();
		Replication replication = status.replication();
		return new NodeDescriptor(status.address(), status.server(), status.state(), status.role(), status.since(),
				status.breaker(), (probe != null) ? LastProbeDescriptor.of(probe) : null,
				Objects.toString(status.history(), null), pool,
				(replication != null) ? ReplicationDescriptor.of(replication, positionUnit) : null);
	}

	/**
	 * Last probe of the node.
	 */
	@JsonInclude(Include.ALWAYS)
	record LastProbeDescriptor(Instant at, Duration took, Verdict verdict, @Nullable String error) {

		static LastProbeDescriptor of(Probe probe) {
			return new LastProbeDescriptor(probe.at(), probe.took(), probe.verdict(), probe.error());
		}

	}

	/**
	 * Last replication sample of the node; {@code problem} is present only if there is
	 * one.
	 */
	@JsonInclude(Include.ALWAYS)
	record ReplicationDescriptor(boolean verified, @Nullable Duration lag, @Nullable Long behind, String unit,
			Instant sampledAt, boolean synchronous, @JsonInclude(Include.NON_NULL) @Nullable String problem) {

		static ReplicationDescriptor of(Replication sample, String unit) {
			return new ReplicationDescriptor(sample.verified(), sample.lag(), sample.behind(), unit, sample.sampledAt(),
					sample.synchronous(), sample.problem());
		}

	}

}
