package dev.failover.autoconfigure;

import java.sql.Connection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.sql.DataSource;
import javax.sql.XADataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.failover.Condition;
import dev.failover.Failover;
import dev.failover.FailoverState;
import dev.failover.Mode;
import dev.failover.ReadOnlyMode;
import dev.failover.RouteChangedEvent;
import dev.failover.Topology;
import dev.failover.internal.engine.FailoverRuntime;
import dev.failover.internal.routing.FailoverDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.xa.PGXADataSource;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.XADataSourceWrapper;
import org.springframework.boot.jdbc.autoconfigure.XADataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link FailoverAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
final class FailoverAutoConfigurationTests {

	private static final String BACK_OFF_WARNING = "Failover is off although a mirror is configured";

	private final ApplicationContextRunner contextRunner = FailoverContextRunners.withoutMirror();

	private final ApplicationContextRunner mirrored = FailoverContextRunners.withMirror();

	@Test
	void isOnWithTheUrlOfAMirror() {
		this.mirrored.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(FailoverRuntime.class)
			.hasSingleBean(Failover.class)
			.getBean("dataSource")
			.isInstanceOf(FailoverDataSource.class));
	}

	@Test
	void isOnWithConnectionDetailsOfAMirror() {
		this.contextRunner.withBean(MirrorConnectionDetails.class, () -> () -> "jdbc:postgresql://127.0.0.1:3/orders")
			.run((context) -> assertThat(FailoverContextRunners.pool(context, "mirror").getJdbcUrl())
				.isEqualTo("jdbc:postgresql://127.0.0.1:3/orders"));
	}

	@Test
	void isOffWithoutAMirror() {
		this.contextRunner.run((context) -> assertPlain(context));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "${MIRROR_URL:}" })
	void isOffWithABlankUrlOfTheMirror(String url) {
		this.contextRunner.withPropertyValues("failover.mirror.url=" + url).run((context) -> assertPlain(context));
	}

	@Test
	void isOffWhenDisabled() {
		this.mirrored.withPropertyValues("failover.enabled=false").run((context) -> assertPlain(context));
	}

	@Test
	void isOffWithoutHikari() {
		this.mirrored.withClassLoader(new FilteredClassLoader(HikariDataSource.class))
			.run((context) -> assertThat(context).doesNotHaveBean(FailoverRuntime.class));
	}

	@Test
	void backsOffForADataSourceOfTheApplicationAndWarnsOnce(CapturedOutput output) {
		this.mirrored.withBean("own", DataSource.class, DriverManagerDataSource::new).run((context) -> {
			assertThat(context).hasNotFailed()
				.doesNotHaveBean(FailoverRuntime.class)
				.hasSingleBean(DataSource.class)
				.getBean(DataSource.class)
				.isInstanceOf(DriverManagerDataSource.class);
			assertThat(output.toString().lines()).filteredOn((line) -> line.contains(BACK_OFF_WARNING)).hasSize(1);
		});
	}

	@Test
	void backsOffForAnXaDataSourceOfTheApplicationAndWarns(CapturedOutput output) {
		this.mirrored.withBean("own", XADataSource.class, PGXADataSource::new).run((context) -> {
			assertThat(context).doesNotHaveBean(FailoverRuntime.class);
			assertThat(output.toString().lines()).filteredOn((line) -> line.contains(BACK_OFF_WARNING)).hasSize(1);
		});
	}

	@Test
	void doesNotWarnIfNoMirrorIsConfiguredOrFailoverIsOn(CapturedOutput output) {
		this.contextRunner.withBean("own", DataSource.class, DriverManagerDataSource::new)
			.run((context) -> assertThat(output).doesNotContain(BACK_OFF_WARNING));
		this.mirrored.run((context) -> assertThat(output).doesNotContain(BACK_OFF_WARNING));
	}

	@Test
	void theFailoverDataSourceIsTheOnlyDataSourceBean() {
		this.mirrored.run((context) -> {
			assertThat(context.getBeansOfType(DataSource.class)).containsOnlyKeys("dataSource");
			assertThat(context.getBeanProvider(DataSource.class).getIfUnique()).isInstanceOf(FailoverDataSource.class);
			ConfigurableListableBeanFactory beans = context.getSourceApplicationContext().getBeanFactory();
			assertThat(beans.getBeanDefinition("dataSource").isPrimary()).isTrue();
		});
	}

	@Test
	void backsOffForAnXaDataSourceWrapperAndSaysSo(CapturedOutput output) {
		this.mirrored
			.withBean(XADataSourceWrapper.class,
					() -> (xaDataSource) -> new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/orders"))
			.withConfiguration(AutoConfigurations.of(XADataSourceAutoConfiguration.class))
			.run((context) -> {
				assertThat(context).hasNotFailed()
					.doesNotHaveBean(FailoverRuntime.class)
					.getBean(DataSource.class)
					.isInstanceOf(DriverManagerDataSource.class);
				assertThat(output).contains(BACK_OFF_WARNING, "XADataSourceWrapper");
			});
	}

	@Test
	void aClassBasedProxyOfTheDataSourceIsPossible() {
		this.mirrored.run((context) -> {
			ProxyFactory factory = new ProxyFactory(context.getBean(DataSource.class));
			factory.setProxyTargetClass(true);
			DataSource proxy = (DataSource) factory.getProxy(getClass().getClassLoader());
			assertThat(proxy).isInstanceOf(FailoverDataSource.class);
			assertThat(proxy.isWrapperFor(FailoverDataSource.class)).isTrue();
			assertThat(proxy.getLoginTimeout()).isZero();
		});
	}

	@Test
	void fetchesConnectionsLazilyIfConfigured() {
		this.mirrored.withPropertyValues("spring.datasource.connection-fetch=lazy").run((context) -> {
			LazyConnectionDataSourceProxy proxy = (LazyConnectionDataSourceProxy) context.getBean("dataSource");
			assertThat(proxy.getTargetDataSource()).isInstanceOf(FailoverDataSource.class);
			try (Connection connection = proxy.getConnection()) {
				assertThat(connection.getAutoCommit()).isTrue();
			}
		});
	}

	@ParameterizedTest(name = "beans are lazy: {0}")
	@ValueSource(booleans = { false, true })
	void publishesEventsAndStateWhileAllNodesAreDown(boolean lazy) {
		this.mirrored.withUserConfiguration(Listening.class).withInitializer((context) -> {
			if (lazy) {
				context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
			}
		}).run((context) -> {
			Failover failover = context.getBean(Failover.class);
			await().until(() -> failover.state().route().decided());
			await().until(() -> !context.getBean(RouteListener.class).modes.isEmpty());
			FailoverState state = failover.state();
			assertThat(state.route().mode()).isEqualTo(Mode.UNAVAILABLE);
			await().until(() -> failover.state()
				.conditions()
				.stream()
				.map(Condition::label)
				.toList()
				.equals(List.of("DOWN of node 'primary'", "DOWN of node 'mirror'")));
			assertThat(state.ready()).isFalse();
			assertThat(state.detectionBudget()).isEqualTo(Duration.ofMillis(1750));
			assertThat(context.getBean(RouteListener.class).modes).containsExactly(Mode.UNAVAILABLE);
		});
	}

	@Test
	void closingStopsAllThreads() {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		this.mirrored.withPropertyValues("spring.datasource.hikari.pool-name=closing").run((context) -> {
			await().until(() -> context.getBean(Failover.class).state().route().decided());
			assertThat(threads(before)).isNotEmpty();
		});
		await().untilAsserted(() -> assertThat(threads(before)).isEmpty());
	}

	private static Set<String> threads(Set<Thread> before) {
		Set<Thread> now = new HashSet<>(Thread.getAllStackTraces().keySet());
		now.removeAll(before);
		Set<String> names = new HashSet<>();
		now.forEach((thread) -> names.add(thread.getName()));
		names.removeIf((name) -> !name.startsWith("failover-") && !name.startsWith("closing"));
		return names;
	}

	@Test
	void propertiesHaveTheirDocumentedDefaults() {
		this.mirrored.run((context) -> {
			FailoverProperties properties = context.getBean(FailoverProperties.class);
			assertThat(properties.isEnabled()).isTrue();
			assertThat(properties.getTopology()).isEqualTo(Topology.STANDBY);
			assertThat(properties.getRecentChanges()).isEqualTo(50);
			assertThat(properties.getMirror()).extracting("url", "username", "password", "driverClassName", "hikari")
				.containsExactly("jdbc:postgresql://127.0.0.1:2/orders", null, null, null, Map.of());
			assertThat(properties.getDetection()).hasNoNullFieldsOrPropertiesExcept("query", "roleQuery")
				.extracting("interval", "timeout", "failureThreshold", "retryInterval", "recoveryThreshold",
						"abortGrace")
				.containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1), 2, Duration.ofMillis(20), 5,
						Duration.ZERO);
			assertThat(properties.getReplication().getMaxLag()).isEqualTo(Duration.ofSeconds(10));
			assertThat(properties.getReplication().isVerify()).isTrue();
			assertThat(properties.getFailback().getMode()).isEqualTo(FailoverProperties.Failback.Mode.AUTOMATIC);
			assertThat(properties.getFailback().getMinStay()).isEqualTo(Duration.ofSeconds(30));
			assertThat(properties.getReadOnly().getMode()).isEqualTo(ReadOnlyMode.HOLD);
			assertThat(properties.getReads().getTarget()).isEqualTo(FailoverProperties.Reads.Target.PRIMARY);
			assertThat(properties.getReads().getMaxLag()).isEqualTo(Duration.ofSeconds(1));
			assertThat(properties.getSwitchover().getDrainTimeout()).isEqualTo(Duration.ofSeconds(5));
			assertThat(properties.getDrill().isEnabled()).isFalse();
			assertThat(properties.getDoctor().isEnabled()).isTrue();
			assertThat(properties.getMirror().toString()).doesNotContain("orders");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "detection.interval=500ms", "replication.verify=true", "failback.mode=automatic",
			"read-only.mode=hold", "reads.target=primary", "switchover.drain-timeout=5s", "drill.enabled=false",
			"doctor.enabled=true" })
	void aGroupHasTheSameDefaultsIfOneOfItsPropertiesIsSet(String property) {
		FailoverProperties[] properties = new FailoverProperties[1];
		this.mirrored.run((context) -> properties[0] = context.getBean(FailoverProperties.class));
		this.mirrored.withPropertyValues("failover." + property)
			.run((context) -> assertThat(context.getBean(FailoverProperties.class)).usingRecursiveComparison()
				.isEqualTo(properties[0]));
	}

	private static void assertPlain(AssertableApplicationContext context) {
		assertThat(context).hasNotFailed()
			.doesNotHaveBean(FailoverRuntime.class)
			.hasSingleBean(DataSource.class)
			.getBean(DataSource.class)
			.isExactlyInstanceOf(HikariDataSource.class);
	}

	@Configuration(proxyBeanMethods = false)
	static class Listening {

		@Bean
		RouteListener routeListener() {
			return new RouteListener();
		}

	}

	static final class RouteListener implements ApplicationListener<PayloadApplicationEvent<RouteChangedEvent>> {

		private final List<Mode> modes = new CopyOnWriteArrayList<>();

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<RouteChangedEvent> event) {
			this.modes.add(event.getPayload().current().mode());
		}

	}

}
