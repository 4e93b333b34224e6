package dev.failover.internal.doctor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.failover.internal.doctor.Finding.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Finds nodes whose URLs lead to the same server, which gives no redundancy. Compares the
 * identifiers of the servers or, if these are not known, their addresses.
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
				.filter((other) -> isSame(context.inspections().get(other.node()),
						context.inspections().get(node.node())))
				.findFirst()
				.ifPresent((other) -> found.add(finding(node, other)));
		}
		return found;
	}

	private static boolean isSame(@Nullable NodeInspection one, @Nullable NodeInspection other) {
		if (one == null || other == null) {
			return false;
		}
		String first = one.reading().instance();
		String second = other.reading().instance();
		return (first != null && second != null) ? first.equals(second)
				: !Collections.disjoint(one.addresses(), other.addresses());
	}

	private static Finding finding(NodeSettings node, NodeSettings other) {
		return new Finding(ID, Severity.WARNING, node.node(),
				"Its URL leads to the same server as that of '" + other.node() + "': both are lost together.",
				"Set '" + node.prefix() + ".url' to the server of the replica.");
	}

}
