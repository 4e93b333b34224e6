package dev.failover.autoconfigure;

import java.util.List;
import java.util.Objects;

import com.zaxxer.hikari.HikariConfig;
import dev.failover.dialect.postgresql.PostgresDialect;
import dev.failover.test.stub.StubDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FailoverConfigurationFailureAnalyzer}. No description and no action
 * may contain a secret.
 */
final class FailoverConfigurationFailureAnalyzerTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FailoverAutoConfiguration.class, DataSourceAutoConfiguration.class))
		.withPropertyValues("spring.datasource.username=app", "spring.datasource.password=s3cret",
				"failover.mirror.password=s3cret", "spring.datasource.hikari.connection-timeout=300");

	@Test
	void thePrimaryHasNoUrl() {
		assertFailure(List.of("failover.mirror.url=jdbc:postgresql://db2/orders"),
				List.of("mirror is configured", "primary has no URL"), List.of("'spring.datasource.url'"));
	}

	@Test
	void thePrimaryIsConfiguredByJndi() {
		assertFailure(
				List.of("spring.datasource.jndi-name=java:comp/env/jdbc/orders",
						"failover.mirror.url=jdbc:postgresql://db2/orders"),
				List.of("primary has no URL", "'spring.datasource.jndi-name'"), List.of("'spring.datasource.url'"));
	}

	@Test
	void thePoolIsNotHikari() {
		assertFailure(
				List.of("spring.datasource.url=jdbc:postgresql://db1/orders",
						"spring.datasource.type=" + SimpleDriverDataSource.class.getName(),
						"failover.mirror.url=jdbc:postgresql://db2/orders"),
				List.of("'spring.datasource.type'", "SimpleDriverDataSource", "HikariCP"),
				List.of("Remove 'spring.datasource.type'", "'failover.enabled'"));
	}

	@ParameterizedTest
	@CsvSource({ "failover.primary, db1:8008/primary, is 'db1:8008/primary'",
			"failover.mirror, /primary, is '/primary'", "failover.mirror, ftp://db2/primary, which is not an HTTP URL",
			"failover.mirror, http://app:s3cret@db2/primary, contains credentials" })
	void theWitnessIsNoHttpUrl(String prefix, String url, String problem) {
		assertFailure(
				List.of("spring.datasource.url=jdbc:postgresql://db1/orders",
						"failover.mirror.url=jdbc:postgresql://db2/orders", prefix + ".witness-url=" + url),
				List.of("'" + prefix + ".witness-url'", problem), List.of("'http://db1:8008/primary'"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.datasource.hikari", "failover.mirror.hikari" })
	void theTransactionIsolationIsInvalid(String prefix) {
		assertFailure(
				List.of("spring.datasource.url=jdbc:postgresql://db1/orders",
						"failover.mirror.url=jdbc:postgresql://db2/orders", prefix + ".transaction-isolation=SOMEHOW"),
				List.of("'SOMEHOW'", "'" + prefix + ".transaction-isolation'"), List.of("TRANSACTION_READ_COMMITTED"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			failover.detection.timeout=soon          | failover.detection.timeout
			failover.topology=ring                   | failover.topology
			failover.read-only.mode=panic            | failover.read-only.mode
			failover.failback.mode=sometimes         | failover.failback.mode
			failover.reads.target=elsewhere          | failover.reads.target
			failover.recent-changes=many               | failover.recent-changes
			failover.mirror.hikari.maximum-pool-size=many | failover.mirror.hikari.maximum-pool-size
			""")
	void aValueOfTheWrongTypeIsReportedByBoot(String property, String name) {
		this.contextRunner
			.withPropertyValues("spring.datasource.url=jdbc:postgresql://db1/orders",
					"failover.mirror.url=jdbc:postgresql://db2/orders", property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.satisfies((cause) -> assertThat(context.getStartupFailure()).hasStackTraceContaining(name)
					.hasStackTraceContaining(property.substring(property.indexOf('=') + 1))));
	}

	@ParameterizedTest
	@CsvSource({ "jdbc:postgresql://db1/orders, jdbc:postgresql://db1/orders",
			"jdbc:postgresql://db1/orders, jdbc:postgresql://DB1:5432/orders",
			"jdbc:postgresql://db1:5432/orders, jdbc:postgresql://db1/orders?ssl=true",
			"jdbc:postgresql://db1/orders?user=app&password=s3cret, jdbc:postgresql://db1/orders?password=s3cret",
			"jdbc:postgresql://app:s3cret@db1/orders, jdbc:postgresql://db1/orders",
			"jdbc:postgresql://db1/orders/, jdbc:postgresql://db1/orders",
			"jdbc:postgresql://localhost:5432/orders, jdbc:postgresql:orders",
			"jdbc:postgresql:///orders, jdbc:postgresql://localhost/orders",
			"jdbc:postgresql://:5432/orders, jdbc:postgresql:orders?ssl=true",
			"jdbc:postgresql://[::1]/orders, jdbc:postgresql://[::1]:5432/orders" })
	void theMirrorIsTheSameDatabaseAsThePrimary(String primary, String mirror) {
		assertFailure(List.of("spring.datasource.url=" + primary, "failover.mirror.url=" + mirror),
				List.of("'failover.mirror.url' and 'spring.datasource.url'", "the same database '", "/orders'"),
				List.of("'failover.mirror.url'"));
	}

	@ParameterizedTest
	@CsvSource({ "jdbc:postgresql://db1/orders, jdbc:postgresql://db2/orders",
			"jdbc:postgresql://db1/orders, jdbc:postgresql://db1:5433/orders",
			"jdbc:postgresql://db1/orders, jdbc:postgresql://db1/other",
			"jdbc:postgresql:orders, jdbc:postgresql:other",
			"jdbc:postgresql://[::1]/orders, jdbc:postgresql://[::2]/orders" })
	void aMirrorWithAnotherServerPortOrDatabaseIsAccepted(String primary, String mirror) {
		assertAccepted(pool(primary), pool(mirror));
	}

	@ParameterizedTest
	@CsvSource({ "targetServerType=primary, targetServerType=secondary", "ssl=true, targetServerType=preferSecondary",
			"socketFactory=F&socketFactoryArg=1, socketFactory=F&socketFactoryArg=2" })
	void aMirrorWithAnotherSelectionOfServersIsAccepted(String primary, String mirror) {
		String servers = "jdbc:postgresql://db1,db2/orders?";
		assertAccepted(pool(servers + primary), pool(servers + mirror));
	}

	@Test
	void aMirrorWithAnotherSelectionOfServersInItsPoolPropertiesIsAccepted() {
		HikariConfig mirror = pool("jdbc:postgresql://db1,db2/orders");
		mirror.addDataSourceProperty("targetServerType", "secondary");
		assertAccepted(pool("jdbc:postgresql://db1,db2/orders"), mirror);
	}

	@ParameterizedTest
	@CsvSource({ "targetServerType=primary&user=a, ssl=true&targetServerType=primary",
			"targetServerType=any, ssl=true" })
	void theMirrorHasTheSameSelectionOfServersAsThePrimary(String primary, String mirror) {
		String servers = "jdbc:postgresql://db1,db2/orders?";
		assertFailure(List.of("spring.datasource.url=" + servers + primary, "failover.mirror.url=" + servers + mirror),
				List.of("the same database 'db1:5432,db2:5432/orders'"), List.of("'failover.mirror.url'"));
	}

	@Test
	void twoMirrorsAreTheSameDatabase() {
		assertFailure(
				List.of("spring.datasource.url=jdbc:postgresql://db1/orders",
						"failover.mirror.url=jdbc:postgresql://db2/orders",
						"failover.mirrors.other.url=jdbc:postgresql://db2:5432/orders"),
				List.of("'failover.mirrors.other.url' and 'failover.mirror.url'", "the same database"),
				List.of("'failover.mirrors.other.url'"));
	}

	@Test
	void oneOfTheMirrorsIsAnotherProduct() {
		assertFailure(
				List.of("spring.datasource.url=jdbc:postgresql://db1/orders",
						"failover.mirror.url=jdbc:postgresql://db2/orders", "failover.mirrors.other.url=jdbc:stub:2",
						"failover.mirrors.other.driver-class-name=" + StubDriver.class.getName()),
				List.of("'jdbc:stub:'", "'jdbc:postgresql:'", "'failover.mirrors.other.url'", "not a replica"),
				List.of("'failover.mirrors.other.url'"));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "mirrors[a.b]", "mirrors[-a]", "mirrors[a_b]", "mirrors[b c]", "mirrors.none", "mirrors.All" })
	void theNameOfAMirrorIsInvalid(String mirror) {
		assertFailure(
				List.of("spring.datasource.url=jdbc:postgresql://db1/orders",
						"failover." + mirror + ".url=jdbc:postgresql://db2/orders"),
				List.of("'failover." + mirror + ".url'", "which a node cannot have"),
				List.of("Choose another name", "letters, digits and '-'"));
	}

	@ParameterizedTest
	@CsvSource({ "primary, spring.datasource.url", "Primary, spring.datasource.url", "mirror, failover.mirror.url" })
	void theNameOfAMirrorIsThatOfAnotherNode(String name, String other) {
		assertFailure(
				List.of("spring.datasource.url=jdbc:postgresql://db1/orders",
						"failover.mirror.url=jdbc:postgresql://db2/orders",
						"failover.mirrors." + name + ".url=jdbc:postgresql://db3/orders"),
				List.of("configured twice", "'" + other + "'", "'failover.mirrors." + name + ".url'"),
				List.of("Choose another name", "or remove one of the two"));
	}

	@ParameterizedTest
	@CsvSource({ "a.b, cannot have", "primary, configured twice" })
	void theNameOfABeanWithConnectionDetailsIsInvalid(String name, String description) {
		this.contextRunner.withPropertyValues("spring.datasource.url=jdbc:postgresql://db1/orders")
			.withBean("other", MirrorConnectionDetails.class, () -> () -> "jdbc:postgresql://db2/orders")
			.withBean(name, MirrorConnectionDetails.class, () -> () -> "jdbc:postgresql://db3/orders")
			.run((context) -> assertAnalysis(context, List.of("the bean '" + name + "'", description),
					List.of("Rename the bean")));
	}

	@Test
	void noDriverIsKnownForTheMirror() {
		assertFailure(
				List.of("spring.datasource.url=jdbc:postgresql://db1/orders",
						"failover.mirror.url=jdbc:nonsense://db2/orders?password=s3cret"),
				List.of("no JDBC driver is known", "'jdbc:nonsense:'", "'failover.mirror.url'"),
				List.of("'failover.mirror.driver-class-name'"));
	}

	@Test
	void noDriverIsKnownForThePrimary() {
		assertFailure(
				List.of("spring.datasource.url=jdbc:nonsense://db1/orders",
						"failover.mirror.url=jdbc:nonsense://db2/orders"),
				List.of("no JDBC driver is known", "'jdbc:nonsense:'", "'spring.datasource.url'"),
				List.of("'spring.datasource.driver-class-name'"));
	}

	@ParameterizedTest
	@CsvSource({ "jdbc:postgresql://db1/orders, db2:5432/orders, failover.mirror.url",
			"db1/orders, jdbc:postgresql://db2/orders, spring.datasource.url" })
	void theUrlIsNotAJdbcUrl(String primary, String mirror, String property) {
		assertFailure(List.of("spring.datasource.url=" + primary, "failover.mirror.url=" + mirror),
				List.of("/orders", "'" + property + "'"), List.of("Correct the URL"));
	}

	@Test
	void theUrlOfTheMirrorHasAPlaceholderThatCannotBeResolved() {
		assertFailure(
				List.of("spring.datasource.url=jdbc:postgresql://db1/orders", "failover.mirror.url=${MIRROR_URL}"),
				List.of("'failover.mirror.url'"), List.of("Correct the URL"));
	}

	@Test
	void theDriverIsNotOnTheClassPath() {
		assertFailure(
				List.of("spring.datasource.url=jdbc:postgresql://db1/orders",
						"failover.mirror.url=jdbc:postgresql://db2/orders",
						"failover.mirror.driver-class-name=com.example.Missing"),
				List.of("'com.example.Missing'", "'failover.mirror.url'", "not on the class path"),
				List.of("dependency", "'failover.mirror.driver-class-name'"));
	}

	@Test
	void theDriverOfAKnownDatabaseIsNotOnTheClassPath() {
		assertFailure(
				List.of("spring.datasource.url=jdbc:db2://db1/orders", "failover.mirror.url=jdbc:db2://db2/orders"),
				List.of("'com.ibm.db2.jcc.DB2Driver'", "'spring.datasource.url'", "not on the class path"),
				List.of("dependency"));
	}

	@Test
	void theMirrorIsAnotherProduct() {
		assertFailure(
				List.of("spring.datasource.url=jdbc:postgresql://db1/orders", "failover.mirror.url=jdbc:stub:2",
						"failover.mirror.driver-class-name=" + StubDriver.class.getName()),
				List.of("'jdbc:stub:'", "'jdbc:postgresql:'", "not a replica"), List.of("'failover.mirror.url'"));
	}

	@ParameterizedTest
	@CsvSource({ "failover.detection.interval, 9ms, at least 10ms", "failover.detection.timeout, 0s, at least 10ms",
			"failover.detection.failure-threshold, 0, from 1 to 100",
			"failover.detection.failure-threshold, 101, from 1 to 100",
			"failover.detection.retry-interval, 0ms, at least 1ms",
			"failover.detection.recovery-threshold, 0, from 1 to 100",
			"failover.detection.recovery-threshold, 101, from 1 to 100",
			"failover.detection.abort-grace, -1s, at least 0ms", "failover.replication.max-lag, -1s, at least 0ms",
			"failover.failback.min-stay, -1s, at least 0ms", "failover.reads.max-lag, -1s, at least 0ms",
			"failover.switchover.drain-timeout, -1s, at least 0ms", "failover.recent-changes, 0, from 1 to 10000",
			"failover.recent-changes, 10001, from 1 to 10000" })
	void theValueIsOutOfRange(String property, String value, String allowed) {
		assertFailure(
				List.of("spring.datasource.url=jdbc:postgresql://db1/orders",
						"failover.mirror.url=jdbc:postgresql://db2/orders", property + "=" + value),
				List.of("'" + property + "'", "out of range"), List.of("'" + property + "'", allowed, "default"));
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void bootReportsTheFailure(CapturedOutput output) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> application.run("--failover.mirror.url=jdbc:postgresql://db2/orders"));
		assertThat(output).contains("APPLICATION FAILED TO START", "the primary has no URL", "Action:",
				"Set 'spring.datasource.url'");
	}

	private static void assertAccepted(HikariConfig primary, HikariConfig mirror) {
		assertThat(new DialectSelector(List.of()).select(List.of(new ConfiguredPool(ConfiguredNode.PRIMARY, primary),
				new ConfiguredPool(ConfiguredNode.mirror("mirror", "failover.mirror"), mirror)), null))
			.isInstanceOf(PostgresDialect.class);
	}

	private static HikariConfig pool(String url) {
		HikariConfig pool = new HikariConfig();
		pool.setJdbcUrl(url);
		return pool;
	}

	private void assertFailure(List<String> properties, List<String> description, List<String> action) {
		this.contextRunner.withPropertyValues(properties.toArray(String[]::new))
			.run((context) -> assertAnalysis(context, description, action));
	}

	private static void assertAnalysis(AssertableApplicationContext context, List<String> description,
			List<String> action) {
		assertThat(context).hasFailed();
		Throwable failure = Objects.requireNonNull(context.getStartupFailure());
		FailureAnalysis analysis = new FailoverConfigurationFailureAnalyzer().analyze(failure);
		assertThat(analysis).as("analysis of %s", failure).isNotNull().satisfies((found) -> {
			assertThat(found.getDescription()).contains(description).doesNotContain("s3cret");
			assertThat(found.getAction()).contains(action).doesNotContain("s3cret");
		});
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ FailoverAutoConfiguration.class, DataSourceAutoConfiguration.class })
	static class Application {

	}

}
