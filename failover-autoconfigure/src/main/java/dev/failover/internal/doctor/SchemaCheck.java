package dev.failover.internal.doctor;

import java.util.List;
import java.util.stream.Stream;

import dev.failover.internal.doctor.Finding.Severity;

/**
 * Nodes whose schemas have seen different migrations. What differs in one examination
 * only is a migration on its way, and no finding.
 */
final class SchemaCheck implements Check {

	static final String ID = "schema-differs";

	@Override
	public List<Finding> examine(CheckContext examination) {
		MigrationHistory expected = examination.settledHistory(examination.home().node());
		if (expected == null) {
			return examination.others()
				.stream()
				.flatMap((node) -> examination.before(ID, node.node()).stream())
				.toList();
		}
		return examination.others().stream().flatMap((node) -> examine(node, expected, examination)).toList();
	}

	private static Stream<Finding> examine(NodeSettings node, MigrationHistory expected, CheckContext examination) {
		MigrationHistory found = examination.settledHistory(node.node());
		if (found == null) {
			return examination.before(ID, node.node()).stream();
		}
		return found.equals(expected) ? Stream.empty() : Stream.of(finding(node, found, expected, examination.home()));
	}

	private static Finding finding(NodeSettings node, MigrationHistory found, MigrationHistory expected,
			NodeSettings home) {
		String difference = found.summary().equals(expected.summary())
				? "both are at " + found.summary() + " with other checksums or outcomes"
				: "this node is at " + found.summary() + ", '" + home.node() + "' at " + expected.summary();
		return new Finding(ID, Severity.WARNING, node.node(),
				"Flyway's history differs from that of '" + home.node() + "': " + difference
						+ ". After a failover the application meets another schema.",
				"Run the same migrations on both nodes, or, where the mirror is a replica, see why it does not"
						+ " replicate and whether its URL names the right database.");
	}

}
