package dev.failover.internal.doctor;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.failover.internal.doctor.Finding.Severity;

/**
 * Finds nodes whose database tells no history, although it refuses nothing, so that
 * replication cannot be verified.
 */
final class NoHistoryCheck implements Check {

	static final String ID = "no-history";

	@Override
	public List<Finding> check(CheckContext context) {
		return context.nodes().stream().flatMap((node) -> check(node, context)).toList();
	}

	private static Stream<Finding> check(NodeSettings node, CheckContext context) {
		NodeInspection inspection = context.inspections().get(node.node());
		if (inspection == null || inspection.reading().history() != null || !inspection.refusals().isEmpty()) {
			return Stream.empty();
		}
		String server = Objects.requireNonNullElse(context.state().status(node.node()).server(), "unknown");
		return Stream.of(new Finding(ID, Severity.WARNING, node.node(),
				"Failover cannot read which data this database (" + server + ") holds: neither replication nor lag is "
						+ "verified, and when the node that takes writes is lost, writes go to any node that accepts "
						+ "them.",
				"Make sure that primary and mirror replicate each other. Set 'failover.detection.role-query' if the "
						+ "driver does not tell whether the server accepts writes, or define a bean of type "
						+ "dev.failover.dialect.Dialect for the database."));
	}

}
