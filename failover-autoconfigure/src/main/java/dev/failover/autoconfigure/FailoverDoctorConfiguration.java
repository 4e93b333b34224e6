package dev.failover.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.dialect.Dialect;
import dev.failover.internal.detection.DriverProbeConnector;
import dev.failover.internal.detection.ProbeConnector;
import dev.failover.internal.doctor.Doctor;
import dev.failover.internal.doctor.DoctorSettings;
import dev.failover.internal.doctor.MigrationHistoryTable;
import dev.failover.internal.doctor.NodeInspector;
import dev.failover.internal.doctor.NodeSettings;
import dev.failover.internal.engine.FailoverRuntime;
import dev.failover.internal.routing.SerializableReads;

import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Configuration of the {@link Doctor}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "failover.doctor.enabled", matchIfMissing = true)
class FailoverDoctorConfiguration {

	/** Name of the class of a job repository whose state is in a database. */
	private static final String JOB_REPOSITORY = "org.springframework.batch.core.repository.support.SimpleJobRepository";

	/** Deadline of the inspection of one node; no caller waits for it. */
	private static final Duration INSPECTION_DEADLINE = Duration.ofSeconds(5);

	@Bean
	Doctor failoverDoctor(FailoverRuntime runtime, ConfiguredNodes configured, FailoverProperties properties,
			ApplicationContext context, SerializableReads serializableReads) {
		FailoverProperties.ReadOnly readOnly = properties.getReadOnly();
		DoctorSettings.Work work = new DoctorSettings.Work(properties.getTopology(), readOnly.getMode(),
				readOnly.getHoldFor(), runtime.isSerializable(), serializableReads::names,
				() -> hasJobRepository(context));
		return new Doctor(runtime::state, () -> settings(runtime, configured, properties.getDetection().getTimeout(),
				work, context.getEnvironment()));
	}

	/**
	 * Returns whether the application has a job repository of Spring Batch. Called on the
	 * doctor's thread, when all beans exist.
	 */
	private static boolean hasJobRepository(ApplicationContext context) {
		ClassLoader loader = context.getClassLoader();
		if (!ClassUtils.isPresent(JOB_REPOSITORY, loader)) {
			return false;
		}
		Class<?> type = ClassUtils.resolveClassName(JOB_REPOSITORY, loader).getInterfaces()[0];
		return context.getBeansOfType(type, false, false)
			.values()
			.stream()
			.anyMatch((repository) -> AopUtils.getTargetClass(repository).getName().equals(JOB_REPOSITORY));
	}

	/**
	 * Creates the settings of the doctor. Blocks until the engine is built.
	 */
	private static DoctorSettings settings(FailoverRuntime runtime, ConfiguredNodes configured, Duration probeTimeout,
			DoctorSettings.Work work, Environment environment) {
		List<Node> nodes = runtime.state().nodes().stream().map(NodeStatus::node).toList();
		Dialect dialect = runtime.dialect();
		Map<Node, ProbeConnector> connectors = new LinkedHashMap<>();
		nodes.forEach((node) -> connectors.put(node,
				new DriverProbeConnector(runtime.hikari(node), dialect, INSPECTION_DEADLINE)));
		NodeInspector inspector = new NodeInspector(connectors, dialect, historyTable(environment), INSPECTION_DEADLINE,
				System::nanoTime);
		return new DoctorSettings(
				nodes.stream().map((node) -> nodeSettings(configured.get(node), runtime, dialect)).toList(), inspector,
				dialect, probeTimeout, work, DoctorSettings.Schedule.of(runtime.state().detectionBudget()));
	}

	private static NodeSettings nodeSettings(ConfiguredNode configured, FailoverRuntime runtime, Dialect dialect) {
		Node node = configured.node();
		return NodeSettings.of(node, configured.prefix(), runtime.hikari(node), runtime.pool(node).max(),
				dialect.driverSettings());
	}

	private static MigrationHistoryTable historyTable(Environment environment) {
		return new MigrationHistoryTable(environment.getProperty("spring.flyway.default-schema"),
				environment.getProperty("spring.flyway.table", MigrationHistoryTable.DEFAULT_NAME));
	}

}
