package dev.failover.internal.doctor;

import java.util.List;
import java.util.Optional;

import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.Replication;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.ServerFacts;
import dev.failover.internal.doctor.Finding.Severity;

/**
 * A follower that commits do not wait for.
 */
final class AsynchronousReplicationCheck implements Check {

	static final String ID = "asynchronous-replication";

	private final Dialect dialect;

	AsynchronousReplicationCheck(Dialect dialect) {
		this.dialect = dialect;
	}

	@Override
	public List<Finding> examine(CheckContext examination) {
		return examination.state()
			.nodes()
			.stream()
			.filter((status) -> !status.node().equals(examination.state().route().writes()))
			.flatMap((status) -> examine(status, examination).stream())
			.toList();
	}

	private Optional<Finding> examine(NodeStatus follower, CheckContext examination) {
		Replication sample = follower.replication();
		if (sample == null || !sample.verified() || !follower.isUp() || !leaderIsReadable(examination)) {
			return examination.before(ID, follower.node());
		}
		if (sample.synchronous()) {
			return Optional.empty();
		}
		return Optional.of(new Finding(ID, Severity.WARNING, follower.node(),
				"Commits do not wait for this node: those acknowledged last can be lost with the node that takes writes.",
				this.dialect.synchronousRemedy()));
	}

	/**
	 * Without the grants, commits that wait look like those that do not.
	 */
	private static boolean leaderIsReadable(CheckContext examination) {
		Node leader = examination.state().route().writes();
		ServerFacts server = (leader != null) ? examination.server(leader) : null;
		return server != null && server.missingGrants().isEmpty();
	}

}
