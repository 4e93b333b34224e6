package dev.failover.internal.doctor;

import java.util.List;
import java.util.Optional;

import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.Replication;
import dev.failover.dialect.Dialect;
import dev.failover.internal.doctor.Finding.Severity;

/**
 * Finds followers that commits do not wait for, unless commits wait for another follower,
 * which then has everything that was acknowledged.
 */
final class AsynchronousReplicationCheck implements Check {

	static final String ID = "asynchronous-replication";

	private final Dialect dialect;

	AsynchronousReplicationCheck(Dialect dialect) {
		this.dialect = dialect;
	}

	@Override
	public List<Finding> check(CheckContext context) {
		if (context.state().nodes().stream().anyMatch(AsynchronousReplicationCheck::isSynchronous)) {
			return List.of();
		}
		return context.state()
			.nodes()
			.stream()
			.filter((status) -> !status.node().equals(context.state().route().writes()))
			.flatMap((status) -> check(status, context).stream())
			.toList();
	}

	private static boolean isSynchronous(NodeStatus status) {
		Replication sample = status.replication();
		return sample != null && sample.verified() && sample.synchronous() && status.isUp();
	}

	private Optional<Finding> check(NodeStatus follower, CheckContext context) {
		Replication sample = follower.replication();
		if (sample == null || !sample.verified() || !follower.isUp() || !isLeaderReadable(context)) {
			return context.previousFinding(ID, follower.node());
		}
		return Optional.of(new Finding(ID, Severity.WARNING, follower.node(),
				"Commits do not wait for this node, so the last acknowledged commits can be lost with the node that takes"
						+ " writes.",
				this.dialect.synchronousRemedy()));
	}

	/**
	 * Returns whether the leader lists its followers, and its replication can be read in
	 * full. Without the list or the grants, synchronous replication looks like
	 * asynchronous replication.
	 */
	private static boolean isLeaderReadable(CheckContext context) {
		Node leader = context.state().route().writes();
		NodeInspection inspection = (leader != null) ? context.inspections().get(leader) : null;
		return inspection != null && inspection.server().missingGrants().isEmpty()
				&& inspection.replication().followers() != null;
	}

}
