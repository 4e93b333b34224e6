package dev.failover.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.zaxxer.hikari.HikariConfig;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;

import dev.failover.detection.DriverProbeConnections;
import dev.failover.detection.ProbeConnections;
import dev.failover.dialect.Dialect;
import dev.failover.dialect.Dialects;
import dev.failover.doctor.NodeSettings;
import dev.failover.doctor.Practice;
import dev.failover.doctor.Rounds;
import dev.failover.doctor.SchemaHistoryTable;
import dev.failover.doctor.Visits;
import dev.failover.monitor.FailoverRuntime;
import dev.failover.topology.Node;
import dev.failover.topology.NodeStatus;

/**
 * Puts together what the doctor works with, when the doctor first needs it.
 */
final class DoctorPractice {

	/** How long a visit to one node may take: nothing waits for it. */
	private static final Duration DEADLINE = Duration.ofSeconds(5);

	private DoctorPractice() {
	}

	static Practice of(FailoverRuntime runtime, ObjectProvider<Dialect> dialects, FailoverProperties properties,
			Environment environment) {
		List<Node> nodes = runtime.current().nodes().stream().map(NodeStatus::node).toList();
		Dialect dialect = new Dialects(dialects.orderedStream().toList()).find(runtime.pool(nodes.get(0)).getJdbcUrl())
			.orElseThrow();
		Map<Node, ProbeConnections> connections = new LinkedHashMap<>();
		nodes.forEach(
				(node) -> connections.put(node, new DriverProbeConnections(runtime.pool(node), dialect, DEADLINE)));
		return new Practice(nodes.stream().map((node) -> settings(node, runtime, dialect)).toList(),
				new Visits(connections, dialect.preflight(), historyTable(environment), DEADLINE, System::nanoTime),
				dialect, properties.getDetection().getTimeout(), Rounds.usual(runtime.current().detectionBudget()));
	}

	private static NodeSettings settings(Node node, FailoverRuntime runtime, Dialect dialect) {
		HikariConfig pool = runtime.pool(node);
		boolean home = node.equals(runtime.current().nodes().get(0).node());
		return NodeSettings.of(node, home ? "spring.datasource" : "failover." + node, pool, runtime.of(node).max(),
				dialect.preflight());
	}

	private static SchemaHistoryTable historyTable(Environment environment) {
		return new SchemaHistoryTable(environment.getProperty("spring.flyway.default-schema"),
				environment.getProperty("spring.flyway.table", SchemaHistoryTable.DEFAULT_NAME));
	}

}
