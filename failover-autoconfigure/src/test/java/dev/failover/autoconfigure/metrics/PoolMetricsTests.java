package dev.failover.autoconfigure.metrics;

import javax.sql.DataSource;

import dev.failover.autoconfigure.FailoverAutoConfiguration;
import dev.failover.stub.StubDialect;
import dev.failover.test.stub.StubDriver;
import dev.failover.test.stub.StubServer;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.metrics.DataSourcePoolMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the meters of the pools, which have Boot's names.
 */
final class PoolMetricsTests {

	private final StubServer primary = new StubServer();

	private final StubServer mirror = new StubServer();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FailoverAutoConfiguration.class, DataSourceAutoConfiguration.class,
				FailoverMetricsAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class,
				DataSourcePoolMetricsAutoConfiguration.class))
		.withBean(StubDialect.class)
		.withPropertyValues("spring.datasource.url=" + this.primary.url(),
				"spring.datasource.driver-class-name=" + StubDriver.class.getName(),
				"spring.datasource.hikari.maximum-pool-size=7", "failover.mirror.url=" + this.mirror.url(),
				"failover.mirror.hikari.maximum-pool-size=5");

	@AfterEach
	void close() {
		this.primary.close();
		this.mirror.close();
	}

	@Test
	void eachPoolHasTheMetersOfHikariByItsName() {
		this.contextRunner.run((context) -> {
			assertValue(context.getBean(MeterRegistry.class), "hikaricp.connections.max", "pool", "primary", 7);
			assertValue(context.getBean(MeterRegistry.class), "hikaricp.connections.max", "pool", "mirror", 5);
		});
	}

	@Test
	void poolsThatExistAlreadyHaveMetersToo() {
		this.contextRunner.withUserConfiguration(EarlyConnection.class)
			.run((context) -> assertValue(context.getBean(MeterRegistry.class), "hikaricp.connections.max", "pool",
					"primary", 7));
	}

	@Test
	void eachPoolHasTheMetersOfBootByItsNode() {
		this.contextRunner.run((context) -> {
			assertValue(context.getBean(MeterRegistry.class), "jdbc.connections.max", "name", "primary", 7);
			assertValue(context.getBean(MeterRegistry.class), "jdbc.connections.max", "name", "mirror", 5);
		});
	}

	@Test
	void theDataSourceKeepsTheMetersThatItHasWithoutFailover() {
		this.contextRunner.run((context) -> {
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertValue(meters, "jdbc.connections.max", "name", "dataSource", 7);
			assertValue(meters, "jdbc.connections.active", "name", "dataSource", 0);
			var connection = context.getBean(DataSource.class).getConnection();
			assertValue(meters, "jdbc.connections.active", "name", "dataSource", 1);
			connection.close();
			assertValue(meters, "jdbc.connections.active", "name", "dataSource", 0);
			assertThat(meters.find("jdbc.connections.idle").tag("name", "dataSource").gauge()).isNotNull();
			assertThat(meters.find("jdbc.connections.min").tag("name", "dataSource").gauge()).isNotNull();
		});
	}

	private static void assertValue(MeterRegistry meters, String name, String tag, String value, double expected) {
		Awaitility.await()
			.untilAsserted(() -> assertThat(meters.get(name).tag(tag, value).gauge().value()).isEqualTo(expected));
	}

	@Configuration(proxyBeanMethods = false)
	static class EarlyConnection {

		@Bean
		InitializingBean connecting(DataSource dataSource) {
			return () -> dataSource.getConnection().close();
		}

	}

}
