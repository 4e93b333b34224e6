package dev.failover.embedded.autoconfigure;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;

import javax.sql.DataSource;

import dev.failover.autoconfigure.MirrorConnectionDetails;
import dev.failover.embedded.EmbeddedPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EmbeddedAutoConfiguration}.
 */
class EmbeddedAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EmbeddedAutoConfiguration.class, DataSourceAutoConfiguration.class));

	@Test
	void anApplicationWithoutADatabaseGetsAPairWithTheConfiguredSettings() {
		Path[] directory = new Path[1];
		this.runner
			.withPropertyValues("failover.embedded.database=orders", "failover.embedded.username=clerk",
					"failover.embedded.password=secret", "failover.embedded.synchronous=true",
					"failover.embedded.promote-after=3s")
			.run((context) -> {
				EmbeddedPair pair = context.getBean(EmbeddedPair.class);
				assertThat(pair.manager()).hasValueSatisfying(
						(manager) -> assertThat(manager.promoteAfter()).isEqualTo(Duration.ofSeconds(3)));
				JdbcConnectionDetails primary = context.getBean(JdbcConnectionDetails.class);
				assertThat(primary.getJdbcUrl()).isEqualTo(pair.primary().jdbcUrl()).endsWith("/orders");
				assertThat(primary.getUsername()).isEqualTo("clerk");
				assertThat(primary.getPassword()).isEqualTo("secret");
				assertThat(primary.getDriverClassName()).isEqualTo("org.postgresql.Driver");
				MirrorConnectionDetails mirror = context.getBean(MirrorConnectionDetails.class);
				assertThat(mirror.getJdbcUrl()).isEqualTo(pair.mirror().jdbcUrl());
				assertThat(mirror.getUsername()).isEqualTo("clerk");
				assertThat(mirror.getPassword()).isEqualTo("secret");
				assertThat(query(new DriverManagerDataSource(mirror.getJdbcUrl(), "clerk", "secret"),
						"SELECT pg_is_in_recovery()"))
					.isEqualTo("t");
				DataSource dataSource = context.getBean(DataSource.class);
				assertThat(query(dataSource, "SELECT current_user")).isEqualTo("clerk");
				assertThat(query(dataSource, "SELECT sync_state FROM pg_stat_replication")).isEqualTo("sync");
				try (Connection connection = pair.primary().connect()) {
					directory[0] = Path
						.of(query(new SingleConnectionDataSource(connection, true), "SHOW data_directory"));
				}
				assertThat(directory[0]).isDirectory();
			});
		assertThat(directory[0]).doesNotExist();
	}

	@ParameterizedTest
	@ValueSource(strings = { "failover.embedded.enabled=false", "spring.datasource.url=jdbc:postgresql://db1/orders",
			"spring.datasource.jndi-name=java:comp/env/jdbc/orders",
			"failover.mirror.url=jdbc:postgresql://db2/orders" })
	void noPairIsStartedIfADatabaseIsConfigured(String property) {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(EmbeddedAutoConfiguration.class))
			.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(EmbeddedPair.class)
				.doesNotHaveBean(JdbcConnectionDetails.class)
				.doesNotHaveBean(MirrorConnectionDetails.class));
	}

	@Test
	void noPairIsStartedIfConnectionDetailsAreDefined() {
		this.runner.withUserConfiguration(OwnDetails.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(JdbcConnectionDetails.class)
				.doesNotHaveBean(EmbeddedPair.class));
	}

	@Test
	void noPairIsStartedIfADataSourceIsDefined() {
		this.runner.withBean("own", DataSource.class, SimpleDriverDataSource::new)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EmbeddedPair.class));
	}

	@Test
	void noPairIsStartedWithoutTheStarter() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(EmbeddedAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader(MirrorConnectionDetails.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EmbeddedPair.class));
	}

	private static String query(DataSource dataSource, String sql) {
		return JdbcClient.create(dataSource).sql(sql).query(String.class).single();
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnDetails {

		@Bean
		JdbcConnectionDetails own() {
			return new JdbcConnectionDetails() {

				@Override
				public String getUsername() {
					return "me";
				}

				@Override
				public String getPassword() {
					return "mine";
				}

				@Override
				public String getJdbcUrl() {
					return "jdbc:postgresql://db1/orders";
				}

			};
		}

	}

}
