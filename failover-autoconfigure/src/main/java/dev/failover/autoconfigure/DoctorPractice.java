package dev.failover.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.zaxxer.hikari.HikariConfig;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.dialect.Dialect;
import dev.failover.internal.detection.DriverProbeConnector;
import dev.failover.internal.detection.ProbeConnector;
import dev.failover.internal.doctor.DoctorSettings;
import dev.failover.internal.doctor.MigrationHistoryTable;
import dev.failover.internal.doctor.NodeInspector;
import dev.failover.internal.doctor.NodeSettings;
import dev.failover.internal.doctor.Rounds;
import dev.failover.internal.engine.FailoverRuntime;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;

/**
 * Puts together what the doctor works with, when the doctor first needs it.
 */
final class DoctorPractice {

	/** How long a visit to one node may take: nothing waits for it. */
	private static final Duration DEADLINE = Duration.ofSeconds(5);

	private DoctorPractice() {
	}

	static DoctorSettings of(FailoverRuntime runtime, ObjectProvider<Dialect> dialects, FailoverProperties properties,
			Environment environment) {
		List<Node> nodes = runtime.state().nodes().stream().map(NodeStatus::node).toList();
		Dialect dialect = new DialectSelector(dialects.orderedStream().toList())
			.find(runtime.hikari(nodes.get(0)).getJdbcUrl())
			.orElseThrow();
		Map<Node, ProbeConnector> connections = new LinkedHashMap<>();
		nodes.forEach(
				(node) -> connections.put(node, new DriverProbeConnector(runtime.hikari(node), dialect, DEADLINE)));
		return new DoctorSettings(nodes.stream().map((node) -> settings(node, runtime, dialect)).toList(),
				new NodeInspector(connections, dialect, historyTable(environment), DEADLINE, System::nanoTime), dialect,
				properties.getDetection().getTimeout(), Rounds.usual(runtime.state().detectionBudget()));
	}

	private static NodeSettings settings(Node node, FailoverRuntime runtime, Dialect dialect) {
		HikariConfig pool = runtime.hikari(node);
		boolean home = node.equals(runtime.state().nodes().get(0).node());
		return NodeSettings.of(node, home ? "spring.datasource" : "failover." + node, pool, runtime.pool(node).max(),
				dialect.driverSettings());
	}

	private static MigrationHistoryTable historyTable(Environment environment) {
		return new MigrationHistoryTable(environment.getProperty("spring.flyway.default-schema"),
				environment.getProperty("spring.flyway.table", MigrationHistoryTable.DEFAULT_NAME));
	}

}
