package dev.failover.internal.doctor;

import java.util.List;

import dev.failover.dialect.JdbcDriverSettings.Remark;
import dev.failover.internal.doctor.Finding.Severity;

/**
 * Finds URLs with which a driver does by itself what failover does, such as selecting
 * among several servers. The driver's settings know them.
 */
final class DriverUrlCheck implements Check {

	@Override
	public List<Finding> check(CheckContext context) {
		return context.nodes()
			.stream()
			.flatMap((node) -> node.remarks().stream().map((remark) -> finding(node, remark)))
			.toList();
	}

	private static Finding finding(NodeSettings node, Remark remark) {
		return new Finding(remark.id(), (remark.kind() == Remark.Kind.INFO) ? Severity.INFO : Severity.WARNING,
				node.node(), remark.problem(), remark.remedy());
	}

}
