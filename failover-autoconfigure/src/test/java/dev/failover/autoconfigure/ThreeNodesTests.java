package dev.failover.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;

import javax.sql.DataSource;

import dev.failover.Failover;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.autoconfigure.health.FailoverHealthAutoConfiguration;
import dev.failover.autoconfigure.info.FailoverInfoAutoConfiguration;
import dev.failover.autoconfigure.metrics.FailoverMetricsAutoConfiguration;
import dev.failover.stub.StubDialect;
import dev.failover.test.stub.StubDriver;
import dev.failover.test.stub.StubServer;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.metrics.DataSourcePoolMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;
import static org.awaitility.Awaitility.await;

/**
 * Tests for an application with a primary and two mirrors on stub servers.
 */
final class ThreeNodesTests {

	private static final String[] NODES = { "primary", "mirror", "other" };

	private final StubServer primary = new StubServer();

	private final StubServer mirror = new StubServer();

	private final StubServer other = new StubServer();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FailoverAutoConfiguration.class, DataSourceAutoConfiguration.class,
				FailoverHealthAutoConfiguration.class, FailoverInfoAutoConfiguration.class,
				FailoverMetricsAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class,
				DataSourcePoolMetricsAutoConfiguration.class))
		.withBean(StubDialect.class)
		.withPropertyValues("spring.datasource.url=" + this.primary.url(),
				"spring.datasource.driver-class-name=" + StubDriver.class.getName(),
				"spring.datasource.hikari.maximum-pool-size=2", "failover.mirror.url=" + this.mirror.url(),
				"failover.mirrors.other.url=" + this.other.url(), "failover.topology=multi-writer",
				"failover.replication.verify=false", "failover.detection.interval=50ms");

	@AfterEach
	void close() {
		this.primary.close();
		this.mirror.close();
		this.other.close();
	}

	@Test
	void writesGoToTheFirstNodeThatIsLeft() {
		this.contextRunner.run((context) -> {
			awaitWritesOn(context, "primary");
			lose(this.primary, context);
			awaitWritesOn(context, "mirror");
			lose(this.mirror, context);
			awaitWritesOn(context, "other");
			context.getBean(DataSource.class).getConnection().close();
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void healthAndInfoShowAllNodes() {
		this.contextRunner.run((context) -> {
			awaitWritesOn(context, "primary");
			assertThat(health(context).getDetails().get("nodes")).asInstanceOf(MAP).containsOnlyKeys((Object[]) NODES);
			Info.Builder info = new Info.Builder();
			context.getBean(InfoContributor.class).contribute(info);
			assertThat(info.build().get("failover")).asInstanceOf(MAP)
				.extractingByKey("nodes", MAP)
				.containsOnlyKeys((Object[]) NODES);
		});
	}

	@Test
	void metersShowAllNodesAndTheirPools() {
		this.contextRunner.run((context) -> {
			awaitWritesOn(context, "primary");
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(NODES).allSatisfy((node) -> {
				assertThat(meters.get("failover.node.up").tag("node", node).gauge().value()).isOne();
				await().until(() -> meters.find("hikaricp.connections.max").tag("pool", node).gauge() != null);
				assertThat(meters.get("hikaricp.connections.max").tag("pool", node).gauge().value()).isEqualTo(2);
			});
			assertThat(meters.find("failover.changes").tags("from", "mirror", "to", "other").functionCounters())
				.isNotEmpty();
		});
	}

	private static void lose(StubServer server, AssertableApplicationContext context) throws SQLException {
		server.refuse("08001");
		try (Connection connection = context.getBean(DataSource.class).getConnection()) {
			server.ignoreOnOpenConnections();
			connection.isClosed();
		}
	}

	private static void awaitWritesOn(AssertableApplicationContext context, String node) {
		assertThat(context).hasNotFailed();
		Failover failover = context.getBean(Failover.class);
		await().until(() -> new Node(node).equals(failover.state().route().writes()));
		await().until(() -> failover.state().nodes().stream().allMatch(NodeStatus::isConclusive));
	}

	private static Health health(AssertableApplicationContext context) {
		return Objects.requireNonNull(context.getBean(HealthIndicator.class).health());
	}

}
