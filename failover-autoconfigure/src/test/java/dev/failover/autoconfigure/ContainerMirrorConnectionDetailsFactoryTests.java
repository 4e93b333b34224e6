package dev.failover.autoconfigure;

import java.util.Objects;

import com.zaxxer.hikari.HikariDataSource;
import dev.failover.Failover;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ContainerMirrorConnectionDetailsFactory} with containers that are
 * beans. {@link ContainerFieldTests} has those that are fields of a test.
 */
final class ContainerMirrorConnectionDetailsFactoryTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ServiceConnectionAutoConfiguration.class,
				FailoverAutoConfiguration.class, DataSourceAutoConfiguration.class))
		.withPropertyValues("spring.datasource.hikari.connection-timeout=300");

	@ParameterizedTest
	@ValueSource(classes = { PrimaryFirst.class, MirrorFirst.class })
	void theContainerOfTheMirrorIsNotThePrimaryAsWell(Class<?> configuration) {
		this.contextRunner.withUserConfiguration(configuration).run((context) -> {
			assertThat(context).hasNotFailed()
				.hasSingleBean(JdbcConnectionDetails.class)
				.hasSingleBean(MirrorConnectionDetails.class);
			assertNode(context, "primary", 1);
			assertNode(context, "mirror", 2);
		});
	}

	@Test
	void aContainerThatAsksForNoTypeIsThePrimaryOnly() {
		this.contextRunner.withUserConfiguration(PrimaryOnly.class)
			.run((context) -> assertThat(context).hasSingleBean(JdbcConnectionDetails.class)
				.hasSingleBean(HikariDataSource.class)
				.doesNotHaveBean(MirrorConnectionDetails.class)
				.doesNotHaveBean(Failover.class));
	}

	@Test
	void thePrimaryCanBeConfiguredByProperties() {
		this.contextRunner.withUserConfiguration(MirrorOnly.class)
			.withPropertyValues("spring.datasource.url=jdbc:postgresql://127.0.0.1:1/test",
					"spring.datasource.username=user1", "spring.datasource.password=s3cret1")
			.run((context) -> {
				assertNode(context, "primary", 1);
				assertNode(context, "mirror", 2);
			});
	}

	@Test
	void aNameWithoutATypeIsRefused() {
		this.contextRunner.withUserConfiguration(NameOnly.class).run((context) -> {
			FailureAnalysis analysis = new FailoverConfigurationFailureAnalyzer()
				.analyze(Objects.requireNonNull(context.getStartupFailure()));
			assertThat(analysis).isNotNull().satisfies((found) -> {
				assertThat(found.getDescription()).contains("has the name 'mirror'", "primary");
				assertThat(found.getAction()).contains("@ServiceConnection(type = MirrorConnectionDetails.class)");
			});
		});
	}

	private static void assertNode(AssertableApplicationContext context, String node, int port) {
		assertThat(FailoverContextRunners.pool(context, node)).extracting("jdbcUrl", "username", "password")
			.containsExactly("jdbc:postgresql://127.0.0.1:" + port + "/test", "user" + port, "s3cret" + port);
	}

	@Configuration(proxyBeanMethods = false)
	static class PrimaryOnly {

		@Bean
		@ServiceConnection
		StubContainer primaryContainer() {
			return new StubContainer(1);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MirrorOnly {

		@Bean
		@ServiceConnection(type = MirrorConnectionDetails.class)
		StubContainer mirrorContainer() {
			return new StubContainer(2);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PrimaryFirst {

		@Bean
		@ServiceConnection
		StubContainer primaryContainer() {
			return new StubContainer(1);
		}

		@Bean
		@ServiceConnection(name = "mirror", type = MirrorConnectionDetails.class)
		StubContainer mirrorContainer() {
			return new StubContainer(2);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MirrorFirst {

		@Bean
		@ServiceConnection(type = MirrorConnectionDetails.class)
		StubContainer mirrorContainer() {
			return new StubContainer(2);
		}

		@Bean
		@ServiceConnection("mirror-of-nothing")
		StubContainer primaryContainer() {
			return new StubContainer(1);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NameOnly {

		@Bean
		@ServiceConnection
		StubContainer primaryContainer() {
			return new StubContainer(1);
		}

		@Bean
		@ServiceConnection("mirror")
		StubContainer mirrorContainer() {
			return new StubContainer(2);
		}

	}

}
