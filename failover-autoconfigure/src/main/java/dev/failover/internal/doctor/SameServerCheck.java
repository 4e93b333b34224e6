package dev.failover.internal.doctor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.failover.internal.doctor.Finding.Severity;

/**
 * Finds nodes whose URLs lead to the same server, which gives no redundancy. Compares the
 * identifiers of the servers or, if these are not known, their addresses. The addresses
 * of a URL that names several servers do not tell which one it leads to.
 */
final class SameServerCheck implements Check {

	static final String ID = "same-server";

	@Override
	public List<Finding> check(CheckContext context) {
		List<Finding> found = new ArrayList<>();
		List<NodeSettings> nodes = context.nodes();
		for (int i = 1; i < nodes.size(); i++) {
			NodeSettings node = nodes.get(i);
			nodes.subList(0, i)
				.stream()
				.filter((other) -> isSame(other, node, context))
				.findFirst()
				.ifPresent((other) -> found.add(finding(node, other)));
		}
		return found;
	}

	private static boolean isSame(NodeSettings one, NodeSettings other, CheckContext context) {
		NodeInspection first = context.inspections().get(one.node());
		NodeInspection second = context.inspections().get(other.node());
		if (first == null || second == null) {
			return false;
		}
		String firstInstance = first.reading().instance();
		String secondInstance = second.reading().instance();
		if (firstInstance != null && secondInstance != null) {
			return firstInstance.equals(secondInstance);
		}
		return one.servers().size() == 1 && other.servers().size() == 1
				&& !Collections.disjoint(first.addresses(), second.addresses());
	}

	private static Finding finding(NodeSettings node, NodeSettings other) {
		return new Finding(ID, Severity.WARNING, node.node(),
				"Its URL leads to the same server as that of '" + other.node() + "': both are lost together.",
				"Set '" + node.prefix() + ".url' to the server of the replica.");
	}

}
