package dev.failover.autoconfigure;

import java.sql.SQLException;
import java.util.Set;

import javax.sql.DataSource;

import dev.failover.dialect.Dialect;
import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.internal.engine.FailoverRuntime;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link FailoverInitializer}: start and end of the failover engine.
 */
@Timeout(60)
final class FailoverStartTests {

	private static final String BROKEN = "This dialect is broken";

	private final ApplicationContextRunner contextRunner = FailoverContextRunners.withMirror()
		.withPropertyValues("spring.datasource.hikari.connection-timeout=600000");

	private final ApplicationContextRunner broken = this.contextRunner.withBean(Dialect.class,
			FailoverStartTests::createBrokenDialect);

	@Test
	void startsWithoutARequestForAConnection() {
		this.contextRunner.run((context) -> Awaitility.await().until(() -> threads() > 0));
	}

	@Test
	void startsBeforeTheContextIsReadyOnlyIfThereAreSpareProcessors() {
		boolean spare = Runtime.getRuntime().availableProcessors() > 2;
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		this.contextRunner.withBean(EarlyStartRecorder.class, () -> new EarlyStartRecorder(before))
			.run((context) -> assertThat(context.getBean(EarlyStartRecorder.class).started).isEqualTo(spare));
	}

	@Test
	void closingStopsAllThreads() {
		this.contextRunner.run((context) -> assertThat(context.getBean(FailoverRuntime.class).state()).isNotNull());
		awaitNoThreads();
	}

	@Test
	void aFailedStartOfTheApplicationStopsAllThreads() {
		this.contextRunner.withBean(InitializingBean.class, () -> () -> {
			throw new IllegalStateException("no start");
		}).run((context) -> assertThat(context).hasFailed());
		awaitNoThreads();
	}

	@Test
	void aCallerReceivesTheReasonIfTheEngineCannotBeBuilt() {
		this.broken.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> context.getBean(DataSource.class).getConnection())
				.withStackTraceContaining(BROKEN);
			assertThatIllegalStateException().isThrownBy(() -> context.getBean(FailoverRuntime.class).state())
				.withStackTraceContaining(BROKEN);
		});
		awaitNoThreads();
	}

	@Test
	void aBeanThatNeedsAConnectionReceivesTheReasonIfTheEngineCannotBeBuilt() {
		this.broken.withUserConfiguration(Eager.class)
			.run((context) -> assertThat(context).hasFailed().getFailure().hasStackTraceContaining(BROKEN));
		awaitNoThreads();
	}

	@Test
	void theRegistryIsALazyBean() {
		this.contextRunner.run((context) -> {
			ConfigurableListableBeanFactory beans = context.getSourceApplicationContext().getBeanFactory();
			assertThat(beans.getBeanDefinitionNames()).filteredOn((name) -> beans.getBeanDefinition(name).isLazyInit())
				.contains("failoverCircuitBreakerRegistry");
		});
	}

	private static Dialect createBrokenDialect() {
		Dialect dialect = mock(Dialect.class);
		given(dialect.supports(any())).willReturn(true);
		JdbcDriverSettings driver = mock(JdbcDriverSettings.class);
		given(dialect.driverSettings()).willReturn(driver);
		given(driver.address(any())).willAnswer((call) -> call.getArgument(0));
		given(driver.timeouts(any(), any())).willReturn(JdbcDriverSettings.Timeouts.UNSET);
		given(driver.connectProperties(any(), any())).willThrow(new IllegalArgumentException(BROKEN));
		return dialect;
	}

	/**
	 * Waits until the threads have ended after their interruption.
	 */
	private static void awaitNoThreads() {
		Awaitility.await().until(() -> threads() == 0);
	}

	private static long threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.isAlive() && thread.getName().startsWith("failover-"))
			.filter((thread) -> !thread.getName().startsWith("failover-worker-"))
			.count();
	}

	/**
	 * Records whether threads of the engine run just before the context is ready.
	 */
	static final class EarlyStartRecorder implements SmartLifecycle {

		private final Set<Thread> before;

		private boolean started;

		EarlyStartRecorder(Set<Thread> before) {
			this.before = before;
		}

		@Override
		public void start() {
			this.started = Thread.getAllStackTraces()
				.keySet()
				.stream()
				.anyMatch((thread) -> thread.getName().startsWith("failover-worker-") && !this.before.contains(thread));
		}

		@Override
		public void stop() {
		}

		@Override
		public boolean isRunning() {
			return false;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Eager {

		@Bean
		InitializingBean connecting(DataSource dataSource) {
			return () -> dataSource.getConnection().close();
		}

	}

}
