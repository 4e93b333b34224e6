package dev.failover.autoconfigure;

import java.sql.SQLException;

import javax.sql.DataSource;

import dev.failover.routing.FailoverDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The engine is put together beside the start of the application, whose failure it is all
 * the same.
 */
@Timeout(60)
final class FailoverStartTests {

	private static final String UNKNOWN = "Invalid transaction isolation value: SOMEHOW";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FailoverAutoConfiguration.class, DataSourceAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=jdbc:postgresql://127.0.0.1:1/orders",
				"failover.mirror.url=jdbc:postgresql://127.0.0.1:2/orders");

	private final ApplicationContextRunner failing = this.contextRunner
		.withPropertyValues("failover.mirror.hikari.transaction-isolation=SOMEHOW");

	@Test
	void anEngineThatCannotBePutTogetherEndsTheStart() {
		this.failing.run(FailoverStartTests::assertFailed);
	}

	@Test
	void aBeanThatAsksForAConnectionMeanwhileIsToldWhyAtOnce() {
		this.failing.withPropertyValues("spring.datasource.hikari.connection-timeout=600000")
			.withUserConfiguration(Eager.class)
			.run(FailoverStartTests::assertFailed);
	}

	@Test
	void closingEndsAllThreads() {
		this.contextRunner.run((context) -> assertThat(threads()).isPositive());
		assertThat(threads()).isZero();
	}

	/**
	 * They make nobody wait who does not look at them.
	 */
	@Test
	void thePoolsAreLazyBeans() {
		this.contextRunner
			.run((context) -> assertThat(context.getSourceApplicationContext().getBeanFactory()).satisfies((beans) -> {
				BeanDefinition pool = beans.getBeanDefinition("primaryDataSourcePool");
				assertThat(pool.isLazyInit()).isTrue();
			}));
	}

	private static void assertFailed(AssertableApplicationContext context) {
		assertThat(context).hasFailed().getFailure().hasStackTraceContaining(UNKNOWN);
		assertThat(threads()).isZero();
	}

	private static long threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.isAlive() && thread.getName().startsWith("failover-"))
			.filter((thread) -> !thread.getName().startsWith("failover-worker-"))
			.count();
	}

	@Configuration(proxyBeanMethods = false)
	static class Eager {

		@Bean
		InitializingBean connecting(DataSource dataSource) {
			return () -> connect(dataSource);
		}

		private static void connect(DataSource dataSource) throws SQLException {
			assertThat(dataSource).isInstanceOf(FailoverDataSource.class);
			dataSource.getConnection().close();
		}

	}

}
