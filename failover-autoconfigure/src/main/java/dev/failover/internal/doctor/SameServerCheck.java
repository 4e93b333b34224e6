package dev.failover.internal.doctor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import dev.failover.internal.doctor.Finding.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Two nodes that are one server: it cannot survive itself. Where servers cannot be told
 * apart by themselves, their addresses decide.
 */
final class SameServerCheck implements Check {

	static final String ID = "same-server";

	@Override
	public List<Finding> examine(CheckContext examination) {
		List<Finding> found = new ArrayList<>();
		List<NodeSettings> nodes = examination.nodes();
		for (int i = 1; i < nodes.size(); i++) {
			NodeSettings node = nodes.get(i);
			nodes.subList(0, i)
				.stream()
				.filter((other) -> same(examination.facts().get(other.node()), examination.facts().get(node.node())))
				.findFirst()
				.ifPresent((other) -> found.add(finding(node, other)));
		}
		return found;
	}

	private static boolean same(@Nullable NodeInspection one, @Nullable NodeInspection other) {
		if (one == null || other == null) {
			return false;
		}
		Optional<String> instance = Optional.ofNullable(one.server().instance());
		return instance.isPresent() && other.server().instance() != null
				? instance.get().equals(other.server().instance())
				: !Collections.disjoint(one.addresses(), other.addresses());
	}

	private static Finding finding(NodeSettings node, NodeSettings other) {
		return new Finding(ID, Severity.WARNING, node.node(),
				"Its URL leads to the server of '" + other.node() + "': both are lost together.",
				"Let '" + node.prefix() + ".url' name the server of the copy.");
	}

}
