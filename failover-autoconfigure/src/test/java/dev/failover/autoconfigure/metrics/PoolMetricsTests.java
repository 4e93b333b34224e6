package dev.failover.autoconfigure.metrics;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.metrics.DataSourcePoolMetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for Boot's own meters of the pools: beans that are not candidates for injection,
 * behind a router that has no target yet.
 */
class PoolMetricsTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class,
				DataSourceAutoConfiguration.class, DataSourcePoolMetricsAutoConfiguration.class))
		.withUserConfiguration(PoolsConfiguration.class);

	@Test
	void bootBindsTheHikariMetersOfBothPools() {
		this.contextRunner.run((context) -> {
			startPools(context.getBean("primaryDataSourcePool", DataSource.class),
					context.getBean("mirrorDataSourcePool", DataSource.class));
			assertPoolsAreBound(context.getBean(MeterRegistry.class));
		});
	}

	@Test
	void bootBindsPoolsThatHaveStartedAlready() {
		this.contextRunner.withBean(PoolStarter.class)
			.run((context) -> assertPoolsAreBound(context.getBean(MeterRegistry.class)));
	}

	@Test
	void bootBindsItsOwnMetersOfBothPools() {
		this.contextRunner.run((context) -> {
			startPools(context.getBean("primaryDataSourcePool", DataSource.class),
					context.getBean("mirrorDataSourcePool", DataSource.class));
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("jdbc.connections.max").tag("name", "primaryDataSourcePool").gauge().value())
				.isEqualTo(10);
			assertThat(registry.get("jdbc.connections.max").tag("name", "mirrorDataSourcePool").gauge().value())
				.isEqualTo(5);
		});
	}

	private static void assertPoolsAreBound(MeterRegistry registry) {
		assertThat(registry.get("hikaricp.connections.max").tag("pool", "primary").gauge().value()).isEqualTo(10);
		assertThat(registry.get("hikaricp.connections.max").tag("pool", "mirror").gauge().value()).isEqualTo(5);
	}

	private static void startPools(DataSource... pools) throws SQLException {
		for (DataSource pool : pools) {
			pool.getConnection().close();
		}
	}

	static class UndecidedRouter extends AbstractRoutingDataSource {

		@Override
		protected Object determineCurrentLookupKey() {
			return "none";
		}

	}

	static class PoolStarter {

		PoolStarter(@Qualifier("primaryDataSourcePool") DataSource primary,
				@Qualifier("mirrorDataSourcePool") DataSource mirror) throws SQLException {
			startPools(primary, mirror);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PoolsConfiguration {

		@Bean
		DataSource dataSource(@Qualifier("primaryDataSourcePool") HikariDataSource primary,
				@Qualifier("mirrorDataSourcePool") HikariDataSource mirror) {
			AbstractRoutingDataSource router = new UndecidedRouter();
			router.setTargetDataSources(Map.of("primary", primary, "mirror", mirror));
			return router;
		}

		@Bean(defaultCandidate = false)
		HikariDataSource primaryDataSourcePool() throws SQLException {
			return pool("primary", 10);
		}

		@Bean(defaultCandidate = false)
		HikariDataSource mirrorDataSourcePool() throws SQLException {
			return pool("mirror", 5);
		}

		private static HikariDataSource pool(String name, int size) throws SQLException {
			Connection connection = mock(Connection.class);
			given(connection.isValid(anyInt())).willReturn(true);
			DataSource server = mock(DataSource.class);
			given(server.getConnection()).willReturn(connection);
			HikariDataSource pool = new HikariDataSource();
			pool.setPoolName(name);
			pool.setMaximumPoolSize(size);
			pool.setMinimumIdle(1);
			pool.setDataSource(server);
			return pool;
		}

	}

}
