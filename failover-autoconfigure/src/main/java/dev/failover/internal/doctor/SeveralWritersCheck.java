package dev.failover.internal.doctor;

import java.util.List;
import java.util.Objects;

import dev.failover.History;
import dev.failover.Role;
import dev.failover.Topology;
import dev.failover.dialect.Reading;
import dev.failover.internal.doctor.DoctorSettings.Work;
import dev.failover.internal.doctor.Finding.Severity;

/**
 * Finds members of one cluster that all accept writes, in the topology {@code standby}.
 */
final class SeveralWritersCheck implements Check {

	static final String ID = "several-writers";

	private final Work work;

	SeveralWritersCheck(Work work) {
		this.work = work;
	}

	@Override
	public List<Finding> check(CheckContext context) {
		long writers = context.nodes()
			.stream()
			.map((node) -> context.inspections().get(node.node()))
			.filter(Objects::nonNull)
			.map(NodeInspection::reading)
			.filter(SeveralWritersCheck::isWriter)
			.count();
		if (this.work.topology() != Topology.STANDBY || writers < 2) {
			return List.of();
		}
		return List.of(new Finding(ID, Severity.INFO, null,
				"The nodes are members of a cluster whose servers all accept writes, but the topology is 'standby': the "
						+ "route does not return to the preferred node by itself, and no condition tells of a node that "
						+ "refuses writes.",
				"Set 'failover.topology=multi-writer'."));
	}

	private static boolean isWriter(Reading reading) {
		History history = reading.history();
		return reading.role() == Role.WRITABLE && history != null && history.isShared();
	}

}
