package dev.failover.internal.doctor;

import java.util.List;

import dev.failover.internal.doctor.Finding.Severity;

/**
 * Finds pools that are smaller than the pool of the preferred node.
 */
final class PoolSizeCheck implements Check {

	static final String ID = "pool-smaller";

	@Override
	public List<Finding> check(CheckContext context) {
		NodeSettings preferred = context.preferred();
		return context.others()
			.stream()
			.filter((node) -> node.poolSize() < preferred.poolSize())
			.map((node) -> finding(node, preferred))
			.toList();
	}

	private static Finding finding(NodeSettings node, NodeSettings preferred) {
		return new Finding(ID, Severity.WARNING, node.node(),
				"Its pool has " + node.poolSize() + " connections, that of '" + preferred.node() + "' has "
						+ preferred.poolSize() + ": after a failover requests wait longer for a connection.",
				"Set '" + node.poolProperty("maximum-pool-size") + "' to " + preferred.poolSize()
						+ ", or remove the property to inherit the size.");
	}

}
