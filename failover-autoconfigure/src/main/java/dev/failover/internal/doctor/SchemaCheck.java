package dev.failover.internal.doctor;

import java.util.List;
import java.util.stream.Stream;

import dev.failover.internal.doctor.Finding.Severity;

/**
 * Finds nodes with different migration histories. A difference in one round only is not a
 * finding: a migration may be running or on its way to the replica.
 */
final class SchemaCheck implements Check {

	static final String ID = "schema-differs";

	@Override
	public List<Finding> check(CheckContext context) {
		MigrationHistory expected = context.settledHistory(context.preferred().node());
		if (expected == null) {
			return context.others()
				.stream()
				.flatMap((node) -> context.previousFinding(ID, node.node()).stream())
				.toList();
		}
		return context.others().stream().flatMap((node) -> check(node, expected, context)).toList();
	}

	private static Stream<Finding> check(NodeSettings node, MigrationHistory expected, CheckContext context) {
		MigrationHistory found = context.settledHistory(node.node());
		if (found == null) {
			return context.previousFinding(ID, node.node()).stream();
		}
		return found.equals(expected) ? Stream.empty() : Stream.of(finding(node, found, expected, context.preferred()));
	}

	private static Finding finding(NodeSettings node, MigrationHistory found, MigrationHistory expected,
			NodeSettings preferred) {
		String difference = found.summary().equals(expected.summary())
				? "both are at " + found.summary() + " with other checksums or outcomes"
				: "this node is at " + found.summary() + ", '" + preferred.node() + "' at " + expected.summary();
		return new Finding(ID, Severity.WARNING, node.node(),
				"Flyway's history differs from that of '" + preferred.node() + "': " + difference
						+ ". After a failover the application works with another schema.",
				"Run the same migrations on all nodes. If the mirror is a replica, check that it replicates and"
						+ " that its URL names the right database.");
	}

}
