package dev.failover.autoconfigure;

import java.sql.Connection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.failover.autoconfigure.FailoverProperties.FailbackMode;
import dev.failover.autoconfigure.FailoverProperties.ReadsTarget;
import dev.failover.monitor.FailoverRuntime;
import dev.failover.routing.FailoverDataSource;
import dev.failover.routing.ReadOnlyMode;
import dev.failover.topology.Condition;
import dev.failover.topology.FailoverState;
import dev.failover.topology.FailoverStates;
import dev.failover.topology.Mode;
import dev.failover.topology.Node;
import dev.failover.topology.PoolStatistics;
import dev.failover.topology.RouteChangedEvent;
import dev.failover.topology.TopologyKind;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
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
 * The contexts start without any node: nobody listens on the ports of the URLs.
 */
@ExtendWith(OutputCaptureExtension.class)
final class FailoverAutoConfigurationTests {

	private static final String STANDS_BACK = "failover stands back";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FailoverAutoConfiguration.class, DataSourceAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=jdbc:postgresql://127.0.0.1:1/orders",
				"spring.datasource.username=app", "spring.datasource.password=s3cret",
				"spring.datasource.hikari.connection-timeout=300");

	private final ApplicationContextRunner mirrored = this.contextRunner
		.withPropertyValues("failover.mirror.url=jdbc:postgresql://127.0.0.1:2/orders");

	@Test
	void isOnWithTheUrlOfAMirror() {
		this.mirrored.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(FailoverRuntime.class)
			.hasSingleBean(FailoverStates.class)
			.getBean("dataSource")
			.isInstanceOf(FailoverDataSource.class));
	}

	@Test
	void isOnWithConnectionDetailsOfAMirror() {
		this.contextRunner
			.withBean(MirrorConnectionDetails.class, () -> details("jdbc:postgresql://127.0.0.1:3/orders"))
			.run((context) -> assertThat(pool(context, "mirrorDataSourcePool").getJdbcUrl())
				.isEqualTo("jdbc:postgresql://127.0.0.1:3/orders"));
	}

	@Test
	void connectionDetailsWinOverProperties() {
		this.mirrored.withBean(MirrorConnectionDetails.class, () -> details("jdbc:postgresql://127.0.0.1:3/orders"))
			.withBean(JdbcConnectionDetails.class, FailoverAutoConfigurationTests::primaryDetails)
			.run((context) -> {
				assertThat(pool(context, "primaryDataSourcePool").getJdbcUrl())
					.isEqualTo("jdbc:postgresql://127.0.0.1:4/orders");
				assertThat(pool(context, "mirrorDataSourcePool").getJdbcUrl())
					.isEqualTo("jdbc:postgresql://127.0.0.1:3/orders");
				assertThat(pool(context, "mirrorDataSourcePool").getUsername()).isEqualTo("container");
			});
	}

	@Test
	void isOffWithoutAMirror() {
		this.contextRunner.run((context) -> assertPlain(context));
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
	void standsBackForADataSourceOfTheApplicationAndSaysSoOnce(CapturedOutput output) {
		this.mirrored.withBean("own", DataSource.class, DriverManagerDataSource::new).run((context) -> {
			assertThat(context).hasNotFailed()
				.doesNotHaveBean(FailoverRuntime.class)
				.hasSingleBean(DataSource.class)
				.getBean(DataSource.class)
				.isInstanceOf(DriverManagerDataSource.class);
			assertThat(output.toString().lines()).filteredOn((line) -> line.contains(STANDS_BACK)).hasSize(1);
		});
	}

	@Test
	void saysNothingWhenThereIsNothingToStandBackFrom(CapturedOutput output) {
		this.contextRunner.withBean("own", DataSource.class, DriverManagerDataSource::new)
			.run((context) -> assertThat(output).doesNotContain(STANDS_BACK));
		this.mirrored.run((context) -> assertThat(output).doesNotContain(STANDS_BACK));
	}

	@Test
	void theRouterIsTheOnlyCandidateForInjection() {
		this.mirrored.run((context) -> {
			assertThat(context.getBeanProvider(DataSource.class).getIfUnique()).isInstanceOf(FailoverDataSource.class);
			assertThat(context.getBeansOfType(HikariDataSource.class)).containsOnlyKeys("primaryDataSourcePool",
					"mirrorDataSourcePool");
		});
	}

	@Test
	void theMirrorInheritsCredentialsAndPoolSettings() {
		this.mirrored
			.withPropertyValues("spring.datasource.hikari.maximum-pool-size=7",
					"spring.datasource.hikari.data-source-properties.reWriteBatchedInserts=true")
			.run((context) -> {
				HikariDataSource pool = pool(context, "mirrorDataSourcePool");
				assertThat(pool.getUsername()).isEqualTo("app");
				assertThat(pool.getPassword()).isEqualTo("s3cret");
				assertThat(pool.getDriverClassName()).isEqualTo("org.postgresql.Driver");
				assertThat(size(context, FailoverNodes.MIRROR)).isEqualTo(7);
				assertThat(pool.getConnectionTimeout()).isEqualTo(300);
				assertThat(pool.getDataSourceProperties()).containsEntry("reWriteBatchedInserts", "true");
			});
	}

	@Test
	void theMirrorInheritsCredentialsOfThePool() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(FailoverAutoConfiguration.class, DataSourceAutoConfiguration.class))
			.withPropertyValues("spring.datasource.url=jdbc:postgresql://127.0.0.1:1/orders",
					"spring.datasource.hikari.username=app", "spring.datasource.hikari.password=s3cret",
					"failover.mirror.url=jdbc:postgresql://127.0.0.1:2/orders")
			.run((context) -> {
				assertThat(pool(context, "primaryDataSourcePool").getUsername()).isEqualTo("app");
				assertThat(pool(context, "mirrorDataSourcePool").getUsername()).isEqualTo("app");
				assertThat(pool(context, "mirrorDataSourcePool").getPassword()).isEqualTo("s3cret");
			});
	}

	@Test
	void theMirrorsOwnSettingsWin() {
		this.mirrored
			.withPropertyValues("spring.datasource.hikari.maximum-pool-size=7", "failover.mirror.username=reader",
					"failover.mirror.password=other", "failover.mirror.hikari.maximum-pool-size=3")
			.run((context) -> {
				HikariDataSource pool = pool(context, "mirrorDataSourcePool");
				assertThat(pool.getUsername()).isEqualTo("reader");
				assertThat(pool.getPassword()).isEqualTo("other");
				assertThat(size(context, FailoverNodes.MIRROR)).isEqualTo(3);
				assertThat(size(context, FailoverNodes.PRIMARY)).isEqualTo(7);
				assertThat(pool(context, "primaryDataSourcePool").getUsername()).isEqualTo("app");
			});
	}

	@Test
	void poolsHaveTheNamesOfTheirNodes() {
		this.mirrored.run((context) -> {
			assertThat(pool(context, "primaryDataSourcePool").getPoolName()).isEqualTo("primary");
			assertThat(pool(context, "mirrorDataSourcePool").getPoolName()).isEqualTo("mirror");
		});
	}

	@Test
	void aPoolNameOfTheApplicationStays() {
		this.mirrored.withPropertyValues("spring.datasource.hikari.pool-name=orders").run((context) -> {
			assertThat(pool(context, "primaryDataSourcePool").getPoolName()).isEqualTo("orders");
			assertThat(pool(context, "mirrorDataSourcePool").getPoolName()).isEqualTo("orders-mirror");
		});
	}

	@Test
	void theNameOfTheDataSourceIsThatOfItsPool() {
		this.mirrored.withPropertyValues("spring.datasource.name=orders", "failover.mirror.hikari.pool-name=copy")
			.run((context) -> {
				assertThat(pool(context, "primaryDataSourcePool").getPoolName()).isEqualTo("orders");
				assertThat(pool(context, "mirrorDataSourcePool").getPoolName()).isEqualTo("copy");
			});
	}

	@Test
	void breakersAreInTheRegistryWithOurThresholds() {
		this.mirrored.withConfiguration(AutoConfigurations.of(CircuitBreakerAutoConfiguration.class))
			.withPropertyValues("failover.detection.failure-threshold=4", "failover.detection.recovery-threshold=6")
			.run((context) -> {
				CircuitBreakerRegistry registry = context.getBean(CircuitBreakerRegistry.class);
				assertThat(registry.getAllCircuitBreakers()).extracting((breaker) -> breaker.getName())
					.containsExactlyInAnyOrder("primary", "mirror");
				CircuitBreakerConfig config = registry.circuitBreaker("primary").getCircuitBreakerConfig();
				assertThat(config.getSlidingWindowSize()).isEqualTo(4);
				assertThat(config.getPermittedNumberOfCallsInHalfOpenState()).isEqualTo(6);
			});
	}

	@Test
	void aBreakerThatTheApplicationConfiguresWins() {
		this.mirrored.withConfiguration(AutoConfigurations.of(CircuitBreakerAutoConfiguration.class))
			.withPropertyValues("resilience4j.circuitbreaker.instances.primary.sliding-window-size=9",
					"resilience4j.circuitbreaker.instances.primary.minimum-number-of-calls=8")
			.run((context) -> {
				CircuitBreakerRegistry registry = context.getBean(CircuitBreakerRegistry.class);
				CircuitBreakerConfig primary = registry.circuitBreaker("primary").getCircuitBreakerConfig();
				assertThat(primary.getSlidingWindowSize()).isEqualTo(9);
				assertThat(primary.getMinimumNumberOfCalls()).isEqualTo(8);
				assertThat(registry.circuitBreaker("mirror").getCircuitBreakerConfig().getSlidingWindowSize())
					.isEqualTo(2);
			});
	}

	@Test
	void bringsARegistryWhereThereIsNone() {
		this.mirrored
			.run((context) -> assertThat(context.getBean(CircuitBreakerRegistry.class).find("primary")).isPresent());
	}

	@Test
	void fetchesConnectionsLateWhereThatIsWanted() {
		this.mirrored.withPropertyValues("spring.datasource.connection-fetch=lazy").run((context) -> {
			LazyConnectionDataSourceProxy proxy = (LazyConnectionDataSourceProxy) context.getBean("dataSource");
			assertThat(proxy.getTargetDataSource()).isInstanceOf(FailoverDataSource.class);
			try (Connection connection = proxy.getConnection()) {
				assertThat(connection.getAutoCommit()).isTrue();
			}
		});
	}

	@Test
	void readsForTheMirrorAreToldFromWrites() {
		this.mirrored.withPropertyValues("failover.reads.target=mirror")
			.run((context) -> assertThat(context.getBean("dataSource"))
				.isInstanceOf(LazyConnectionDataSourceProxy.class));
	}

	@Test
	void tellsEventsAndStateWithoutAnyNode() {
		this.mirrored.withUserConfiguration(Listening.class).run((context) -> {
			FailoverStates states = context.getBean(FailoverStates.class);
			await().until(() -> states.current().route().decided());
			await().until(() -> !context.getBean(RouteListener.class).modes.isEmpty());
			FailoverState state = states.current();
			assertThat(state.route().mode()).isEqualTo(Mode.UNAVAILABLE);
			await().until(() -> states.current()
				.conditions()
				.stream()
				.map(Condition::name)
				.toList()
				.equals(List.of("PRIMARY_DOWN", "MIRROR_DOWN")));
			assertThat(state.ready()).isFalse();
			assertThat(state.detectionBudget()).isEqualTo(Duration.ofMillis(1750));
			assertThat(context.getBean(RouteListener.class).modes).containsExactly(Mode.UNAVAILABLE);
		});
	}

	@Test
	void leavesNoThreadBehind() {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		this.mirrored.withPropertyValues("spring.datasource.hikari.pool-name=closing").run((context) -> {
			await().until(() -> context.getBean(FailoverStates.class).current().route().decided());
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
	void propertiesHaveTheDefaultsOfTheDesign() {
		this.mirrored.run((context) -> {
			FailoverProperties properties = context.getBean(FailoverProperties.class);
			assertThat(properties).isEqualTo(new FailoverProperties(true, TopologyKind.STANDBY,
					new FailoverProperties.Mirror("jdbc:postgresql://127.0.0.1:2/orders", null, null, null, Map.of()),
					new FailoverProperties.Detection(Duration.ofMillis(500), Duration.ofSeconds(1), 2,
							Duration.ofMillis(20), 5, Duration.ZERO, null),
					new FailoverProperties.Replication(Duration.ofSeconds(10), true),
					new FailoverProperties.Failback(FailbackMode.AUTOMATIC, Duration.ofSeconds(30)),
					new FailoverProperties.ReadOnly(ReadOnlyMode.SERVE),
					new FailoverProperties.Reads(ReadsTarget.PRIMARY, Duration.ofSeconds(1)),
					new FailoverProperties.Switchover(Duration.ofSeconds(5)), new FailoverProperties.Drill(false),
					new FailoverProperties.Doctor(true), 50));
			assertThat(properties.mirror().toString()).doesNotContain("orders");
		});
	}

	private static void assertPlain(AssertableApplicationContext context) {
		assertThat(context).hasNotFailed()
			.doesNotHaveBean(FailoverRuntime.class)
			.hasSingleBean(DataSource.class)
			.getBean(DataSource.class)
			.isExactlyInstanceOf(HikariDataSource.class);
	}

	private static HikariDataSource pool(AssertableApplicationContext context, String name) {
		return context.getBean(name, HikariDataSource.class);
	}

	/**
	 * The configured size: a pool whose node is lost has one more place for a while.
	 */
	private static int size(AssertableApplicationContext context, Node node) {
		return context.getBean(PoolStatistics.class).of(node).max();
	}

	private static MirrorConnectionDetails details(String url) {
		return () -> url;
	}

	private static JdbcConnectionDetails primaryDetails() {
		return new JdbcConnectionDetails() {

			@Override
			public String getJdbcUrl() {
				return "jdbc:postgresql://127.0.0.1:4/orders";
			}

			@Override
			public String getUsername() {
				return "container";
			}

			@Override
			public String getPassword() {
				return "s3cret";
			}

		};
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
