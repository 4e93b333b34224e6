package dev.failover.internal.doctor;

import java.util.List;
import java.util.stream.Stream;

import dev.failover.dialect.Dialect.ServerFacts;
import dev.failover.internal.doctor.Finding.Severity;

/**
 * Finds missing grants without which replication cannot be read in full.
 */
final class GrantsCheck implements Check {

	static final String ID = "missing-grants";

	@Override
	public List<Finding> check(CheckContext context) {
		return context.nodes().stream().flatMap((node) -> check(node, context)).toList();
	}

	private static Stream<Finding> check(NodeSettings node, CheckContext context) {
		ServerFacts server = context.server(node.node());
		if (server == null || server.missingGrants().isEmpty()) {
			return Stream.empty();
		}
		String missing = String.join(", ", server.missingGrants());
		return Stream.of(new Finding(ID, Severity.WARNING, node.node(),
				"The application's user lacks the grant " + missing
						+ ": it cannot be read which history a follower receives and whether commits wait for it.",
				"Run 'grant " + missing + " to <user>' on the node that takes writes."));
	}

}
