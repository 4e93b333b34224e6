package dev.failover.autoconfigure;

import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.failover.Failover;
import dev.failover.NodeStatus;
import dev.failover.internal.engine.FailoverRuntime;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport.ConditionAndOutcomes;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConfiguredNodes}: mirrors with names, in properties and as beans.
 */
final class SeveralMirrorsTests {

	private final ApplicationContextRunner contextRunner = FailoverContextRunners.withoutMirror();

	private final ApplicationContextRunner mirrored = FailoverContextRunners.withMirror();

	@Test
	void isOnWithNamedMirrorsOnly() {
		this.contextRunner.withPropertyValues(url("b", 3), url("a", 4))
			.run((context) -> assertThat(nodes(context)).containsExactly("primary", "b", "a"));
	}

	@Test
	void theMirrorWithoutANameComesBeforeTheOthers() {
		this.contextRunner.withPropertyValues(url("b", 3), url("a", 4), "failover.mirror.url=" + address(2))
			.run((context) -> assertThat(nodes(context)).containsExactly("primary", "mirror", "b", "a"));
	}

	@Test
	void aNamedMirrorCanBeCalledMirror() {
		this.contextRunner
			.withPropertyValues(url("b", 3), url("mirror", 4), "failover.mirrors.mirror.username=reader",
					"failover.mirrors.mirror.hikari.pool-name=copy")
			.run((context) -> {
				assertThat(nodes(context)).containsExactly("primary", "b", "mirror");
				assertThat(pool(context, "mirror").getUsername()).isEqualTo("reader");
				assertThat(pool(context, "mirror").getPoolName()).isEqualTo("copy");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "${MIRROR_URL:}" })
	void aMirrorWithABlankUrlIsNone(String blank) {
		ApplicationContextRunner runner = this.contextRunner.withPropertyValues("failover.mirrors.b.url=" + blank,
				"failover.mirrors.b.username=app");
		runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(FailoverRuntime.class));
		runner.withPropertyValues(url("c", 3))
			.run((context) -> assertThat(nodes(context)).containsExactly("primary", "c"));
	}

	@Test
	void aMirrorInheritsFromThePrimaryWhatIsNotSet() {
		this.mirrored
			.withPropertyValues("spring.datasource.hikari.maximum-pool-size=7", url("b", 3), url("C-2", 4),
					"failover.mirror.hikari.maximum-pool-size=5", "failover.mirrors.C-2.password=other",
					"failover.mirrors.C-2.hikari.maximum-pool-size=3")
			.run((context) -> {
				assertThat(pool(context, "b")).extracting("username", "password", "jdbcUrl", "poolName")
					.containsExactly("app", "s3cret", address(3), "b");
				assertThat(pool(context, "C-2")).extracting("username", "password", "jdbcUrl", "poolName")
					.containsExactly("app", "other", address(4), "C-2");
				Failover failover = context.getBean(Failover.class);
				assertThat(failover.state().nodes()).extracting((status) -> failover.pool(status.node()).max())
					.containsExactly(7, 5, 7, 3);
			});
	}

	@Test
	void poolsHaveTheNameOfThePrimaryPoolAndOfTheirNode() {
		this.mirrored.withPropertyValues("spring.datasource.hikari.pool-name=orders", url("b", 3))
			.run((context) -> assertThat(nodes(context)).extracting((node) -> pool(context, node).getPoolName())
				.containsExactly("orders", "orders-mirror", "orders-b"));
	}

	@Test
	void eachNodeHasABreaker() {
		this.mirrored.withPropertyValues(url("b", 3))
			.run((context) -> assertThat(context.getBean(CircuitBreakerRegistry.class).getAllCircuitBreakers())
				.extracting(CircuitBreaker::getName)
				.containsExactlyInAnyOrder("failover-primary", "failover-mirror", "failover-b"));
	}

	@Test
	void mirrorsCanBeEnvironmentVariables() {
		withEnvironment(Map.of("FAILOVER_MIRRORS_B_URL", address(3), "FAILOVER_MIRRORS_B_HIKARI_POOLNAME", "copy"))
			.run((context) -> {
				assertThat(nodes(context)).containsExactly("primary", "b");
				assertThat(pool(context, "b").getPoolName()).isEqualTo("copy");
			});
	}

	@Test
	void environmentVariablesChangeNeitherTheOrderNorTheNamesOfMirrors() {
		withEnvironment(Map.of("FAILOVER_MIRRORS_EASTB_PASSWORD", "other", "FAILOVER_MIRRORS_C_URL", address(5)))
			.withPropertyValues(url("a", 3), url("east-B", 4))
			.run((context) -> {
				assertThat(nodes(context)).containsExactly("primary", "a", "east-B", "c");
				assertThat(pool(context, "east-B").getPassword()).isEqualTo("other");
			});
	}

	@Test
	void aSourceThatOverridesAPropertyDoesNotChangeTheOrder() {
		this.contextRunner.withPropertyValues(url("a", 3), url("b", 4))
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("profile", Map.of("failover.mirrors.b.url", address(5)))))
			.run((context) -> {
				assertThat(nodes(context)).containsExactly("primary", "a", "b");
				assertThat(pool(context, "b").getJdbcUrl()).isEqualTo(address(5));
			});
	}

	@Test
	void mirrorsCanBeAListOfProperties() {
		this.contextRunner
			.withPropertyValues("failover.mirrors[0].url=" + address(3), "failover.mirrors[1].url=" + address(4),
					"failover.mirrors[1].hikari.pool-name=second")
			.run((context) -> {
				assertThat(nodes(context)).containsExactly("primary", "0", "1");
				assertThat(pool(context, "1").getPoolName()).isEqualTo("second");
			});
	}

	@Test
	void eachOfSeveralBeansWithConnectionDetailsIsANode() {
		this.contextRunner
			.withPropertyValues("failover.mirrors.east.hikari.maximum-pool-size=3", url("ignored", 9),
					"failover.mirror.url=" + address(9))
			.withUserConfiguration(SeveralDetails.class)
			.run((context) -> {
				assertThat(nodes(context)).containsExactly("primary", "west", "east");
				assertThat(pool(context, "east").getJdbcUrl()).isEqualTo(address(3));
				assertThat(pool(context, "west").getJdbcUrl()).isEqualTo(address(4));
				Failover failover = context.getBean(Failover.class);
				assertThat(failover.state().nodes()).extracting((status) -> failover.pool(status.node()).max())
					.containsExactly(10, 10, 3);
			});
	}

	@Test
	void aPrimaryBeanWithConnectionDetailsIsTheOnlyMirror() {
		this.contextRunner.withUserConfiguration(SeveralDetails.class, PrimaryDetails.class).run((context) -> {
			assertThat(nodes(context)).containsExactly("primary", "mirror");
			assertThat(pool(context, "mirror").getJdbcUrl()).isEqualTo(address(6));
		});
	}

	@Test
	void theConditionReportNamesTheProperties() {
		this.contextRunner.run((context) -> assertThat(report(context))
			.contains("did not find any of the properties failover.mirror.url, failover.mirrors.<name>.url"));
		this.mirrored.withPropertyValues(url("b", 3))
			.run((context) -> assertThat(report(context))
				.contains("found properties failover.mirror.url, failover.mirrors.b.url"));
	}

	private static String report(AssertableApplicationContext context) {
		ConditionAndOutcomes outcomes = ConditionEvaluationReport
			.get(context.getSourceApplicationContext().getBeanFactory())
			.getConditionAndOutcomesBySource()
			.get(FailoverAutoConfiguration.class.getName());
		return (outcomes != null)
				? outcomes.stream().map((outcome) -> outcome.getOutcome().getMessage()).toList().toString() : "";
	}

	private ApplicationContextRunner withEnvironment(Map<String, Object> variables) {
		return this.contextRunner.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables)));
	}

	/**
	 * Returns the names of the nodes in order of preference, after a check that each has
	 * a pool, and that no pool is a bean.
	 */
	private static List<String> nodes(AssertableApplicationContext context) {
		assertThat(context).hasNotFailed();
		List<String> names = context.getBean(Failover.class)
			.state()
			.nodes()
			.stream()
			.map(NodeStatus::node)
			.map(Object::toString)
			.toList();
		assertThat(names).allSatisfy((name) -> assertThat(pool(context, name)).isNotNull());
		assertThat(context).hasSingleBean(DataSource.class);
		return names;
	}

	private static HikariDataSource pool(AssertableApplicationContext context, String node) {
		return FailoverContextRunners.pool(context, node);
	}

	private static String url(String name, int port) {
		return "failover.mirrors." + name + ".url=" + address(port);
	}

	private static String address(int port) {
		return "jdbc:postgresql://127.0.0.1:" + port + "/orders";
	}

	@Configuration(proxyBeanMethods = false)
	static class SeveralDetails {

		@Bean
		@Order(2)
		MirrorConnectionDetails east() {
			return () -> address(3);
		}

		@Bean
		@Order(1)
		MirrorConnectionDetails west() {
			return () -> address(4);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PrimaryDetails {

		@Bean
		@Primary
		MirrorConnectionDetails container() {
			return () -> address(6);
		}

	}

}
