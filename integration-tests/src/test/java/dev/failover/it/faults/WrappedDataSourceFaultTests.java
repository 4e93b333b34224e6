package dev.failover.it.faults;

import java.util.stream.IntStream;

import javax.sql.DataSource;

import com.p6spy.engine.spy.P6DataSource;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.internal.routing.FailoverDataSource;
import dev.failover.it.Application;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the node that read-only transactions use when a library wraps the data source,
 * and asks each connection for its metadata at once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WrappedDataSourceFaultTests {

	private static final int TRANSACTIONS = 200;

	@AutoClose
	private final EmbeddedPair pair = EmbeddedPair.start();

	@ParameterizedTest
	@EnumSource
	void readOnlyTransactionsReachTheMirrorBehindEachLibrary(Library library) {
		try (Application application = Application.startWith(library.configuration, this.pair,
				"failover.reads.target=mirror")) {
			assertThat(application.dataSource().getClass().getName()).startsWith(library.wrapper);
			assertReadsReachTheMirror(application);
		}
	}

	@Test
	void readOnlyTransactionsReachTheMirrorBehindDatasourceMicrometer() {
		try (Application application = Application.startWith(Plain.class, this.pair, "failover.reads.target=mirror",
				"jdbc.datasource-proxy.enabled=true")) {
			assertThat(application.dataSource()).isNotInstanceOf(FailoverDataSource.class);
			assertReadsReachTheMirror(application);
		}
	}

	private static void assertReadsReachTheMirror(Application application) {
		application.awaitReady();
		application.await("reads on the mirror", () -> inRecovery(application, true));
		assertThat(IntStream.range(0, TRANSACTIONS).filter((count) -> inRecovery(application, true)).count())
			.isGreaterThanOrEqualTo(TRANSACTIONS * 99 / 100);
		assertThat(inRecovery(application, false)).isFalse();
	}

	private static boolean inRecovery(Application application, boolean readOnly) {
		TransactionOperations transactions = application.transactions(readOnly);
		return Boolean.TRUE.equals(transactions
			.execute((status) -> application.jdbc().queryForObject("select pg_is_in_recovery()", Boolean.class)));
	}

	/**
	 * Libraries that wrap the data source.
	 */
	enum Library {

		P6SPY(P6Spy.class, "com.p6spy"), DATASOURCE_PROXY(DatasourceProxy.class, "net.ttddyy"),
		OPEN_TELEMETRY(Telemetry.class, "io.opentelemetry");

		private final Class<?> configuration;

		private final String wrapper;

		Library(Class<?> configuration, String wrapper) {
			this.configuration = configuration;
			this.wrapper = wrapper;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			exclude = { HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class })
	static class Plain {

	}

	@Configuration(proxyBeanMethods = false)
	static class P6Spy extends Plain {

		@Bean
		static Wrapping p6spy() {
			System.setProperty("p6spy.config.appender", "com.p6spy.engine.spy.appender.Slf4JLogger");
			return P6DataSource::new;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class DatasourceProxy extends Plain {

		@Bean
		static Wrapping datasourceProxy() {
			return (dataSource) -> ProxyDataSourceBuilder.create(dataSource)
				.afterMethod((context) -> context.getTarget())
				.countQuery()
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Telemetry extends Plain {

		@Bean
		static Wrapping telemetry() {
			JdbcTelemetry telemetry = JdbcTelemetry.create(OpenTelemetry.noop());
			return telemetry::wrap;
		}

	}

	@FunctionalInterface
	interface Wrapping extends BeanPostProcessor {

		DataSource wrap(DataSource dataSource);

		@Override
		default Object postProcessAfterInitialization(Object bean, String beanName) {
			return (bean instanceof DataSource dataSource && beanName.equals("dataSource")) ? wrap(dataSource) : bean;
		}

	}

}
