package dev.failover.internal.doctor;

import java.util.List;

import dev.failover.internal.doctor.Finding.Severity;

/**
 * A pool that is smaller than the one whose work it is to take.
 */
final class PoolSizeCheck implements Check {

	static final String ID = "pool-smaller";

	@Override
	public List<Finding> examine(CheckContext examination) {
		NodeSettings home = examination.home();
		return examination.others()
			.stream()
			.filter((node) -> node.poolSize() < home.poolSize())
			.map((node) -> finding(node, home))
			.toList();
	}

	private static Finding finding(NodeSettings node, NodeSettings home) {
		return new Finding(ID, Severity.WARNING, node.node(),
				"Its pool has " + node.poolSize() + " connections, that of '" + home.node() + "' has " + home.poolSize()
						+ ": after a failover requests queue that did not before.",
				"Set '" + node.poolProperty("maximum-pool-size") + "' to " + home.poolSize()
						+ ", or remove it: it is inherited then.");
	}

}
