package dev.failover.autoconfigure;

import java.sql.SQLException;
import java.util.Objects;

import javax.sql.DataSource;

import dev.failover.Failover;
import dev.failover.NoNodeAvailableException;
import dev.failover.stub.StubDialect;
import dev.failover.test.stub.StubDriver;
import dev.failover.test.stub.StubServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for applications that start while no node serves.
 */
@Timeout(60)
final class NoNodeAtStartTests {

	private final StubServer primary = new StubServer();

	private final StubServer mirror = new StubServer();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FailoverAutoConfiguration.class, DataSourceAutoConfiguration.class))
		.withBean(StubDialect.class)
		.withPropertyValues("spring.datasource.url=" + this.primary.url(),
				"spring.datasource.driver-class-name=" + StubDriver.class.getName(),
				"spring.datasource.hikari.connection-timeout=600000", "failover.mirror.url=" + this.mirror.url(),
				"failover.detection.interval=50ms", "failover.doctor.enabled=false");

	@AfterEach
	void close() {
		this.primary.close();
		this.mirror.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "28P01", "3D000" })
	void refusedLoginsEndTheStartAtOnceWithTheReason(String sqlState) {
		this.primary.refuse(sqlState);
		this.mirror.refuse(sqlState);
		this.contextRunner.withUserConfiguration(Eager.class)
			.run((context) -> assertAnalysis(context, "node 'primary'", "is IMPAIRED: " + sqlState, "node 'mirror'"));
	}

	@Test
	void theReasonWhyAllServersAreUnreachableIsAnalysed() {
		this.primary.refuse("08001");
		this.mirror.refuse("08001");
		this.contextRunner.withPropertyValues("spring.datasource.hikari.connection-timeout=300").run((context) -> {
			Awaitility.await().until(() -> context.getBean(Failover.class).state().route().decided());
			assertThatExceptionOfType(NoNodeAvailableException.class)
				.isThrownBy(() -> context.getBean(DataSource.class).getConnection())
				.satisfies((ex) -> assertAnalysis(ex, "node 'primary'", "is DOWN: 08001", "node 'mirror'"));
		});
	}

	@Test
	void requestsAreServedOnceALoginSucceeds() {
		this.primary.refuse("28P01");
		this.mirror.refuse("28P01");
		this.contextRunner.run((context) -> {
			DataSource dataSource = context.getBean(DataSource.class);
			for (int i = 0; i < 2; i++) {
				assertThatExceptionOfType(NoNodeAvailableException.class).isThrownBy(dataSource::getConnection)
					.withCauseInstanceOf(SQLException.class)
					.withStackTraceContaining("28P01");
			}
			this.primary.accept();
			Awaitility.await().ignoreExceptions().until(() -> {
				dataSource.getConnection().close();
				return true;
			});
		});
	}

	@Test
	void anErrorOfTheOwnQueryRefusesNobody() {
		this.primary.fail("own", "42601");
		this.mirror.fail("own", "42601");
		this.contextRunner.withPropertyValues("failover.detection.query=own")
			.withUserConfiguration(Eager.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private static void assertAnalysis(AssertableApplicationContext context, String... description) {
		assertThat(context).hasFailed();
		assertAnalysis(Objects.requireNonNull(context.getStartupFailure()), description);
	}

	private static void assertAnalysis(Throwable failure, String... description) {
		FailureAnalysis analysis = new NoNodeFailureAnalyzer().analyze(failure);
		assertThat(analysis).isNotNull().satisfies((found) -> {
			assertThat(found.getDescription()).contains("needs a database connection to start").contains(description);
			assertThat(found.getAction()).contains("'spring.datasource'", "'failover.mirror'");
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class Eager {

		@Bean
		InitializingBean connecting(DataSource dataSource) {
			return () -> dataSource.getConnection().close();
		}

	}

}
