package dev.failover.internal.doctor;

import java.util.List;
import java.util.stream.Stream;

import dev.failover.dialect.ServerFacts;
import dev.failover.internal.doctor.Finding.Severity;

/**
 * Grants without which replication cannot be read in full.
 */
final class GrantsCheck implements Check {

	static final String ID = "missing-grants";

	@Override
	public List<Finding> examine(CheckContext examination) {
		return examination.nodes().stream().flatMap((node) -> examine(node, examination)).toList();
	}

	private static Stream<Finding> examine(NodeSettings node, CheckContext examination) {
		ServerFacts server = examination.server(node.node());
		if (server == null || server.missingGrants().isEmpty()) {
			return Stream.empty();
		}
		String missing = String.join(", ", server.missingGrants());
		return Stream.of(new Finding(ID, Severity.WARNING, node.node(),
				"The application's user has not been granted " + missing
						+ ": the history that a follower receives, and whether commits wait for it, cannot be read.",
				"Run 'grant " + missing + " to <user>' on the node that takes writes."));
	}

}
