package dev.failover.sample;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of the rule file and the dashboard against the meters of the running service, and
 * with {@code promtool} where it is installed.
 */
@ServiceTest
final class MonitoringFilesTests {

	private static final String INSTALLED = "dev.failover.sample.Prometheus#isInstalled";

	@LocalServerPort
	private int port;

	private String scrape;

	private ScrapedMeters meters;

	@BeforeEach
	void scrape() {
		this.scrape = new Client(this.port).get("/actuator/prometheus").body();
		this.meters = new ScrapedMeters(this.scrape);
	}

	@Test
	void eachAlertUsesMetersAndLabelsThatExist() {
		assertThat(AlertRule.of(Documents.read(Documents.RULES))).hasSizeGreaterThan(15).allSatisfy((rule) -> {
			this.meters.assertQuery(rule.expression());
			rule.texts().values().forEach((text) -> this.meters.assertText(text, rule.expression()));
		});
	}

	@Test
	void eachQueryOfTheDashboardUsesMetersAndLabelsThatExist() {
		assertThat(DashboardQuery.all()).hasSizeGreaterThan(30).allSatisfy((query) -> {
			this.meters.assertQuery(query.expression());
			if (!query.expression().startsWith("ALERTS")) {
				this.meters.assertText(query.legend(), query.expression());
			}
		});
		assertThat(DashboardQuery.variables()).hasSize(3)
			.allSatisfy((variable) -> this.meters.assertQuery(variable.replaceFirst(", (\\w+)\\)$", ")")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "failover_redy == 0", "failover_condition{condition=\"LAGING\"}",
			"failover_route{acces=\"writes\"}", "count by (nod) (failover_route)", "redy == 0",
			"failover_operations_total{outcome=~\"done|failled\"}" })
	void aMisspeltQueryIsFound(String query) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.meters.assertQuery(query));
	}

	@Test
	@EnabledIf(INSTALLED)
	void promtoolAcceptsTheRules() throws Exception {
		assertThat(promtool("", "check", "rules", Documents.RULES)).contains("SUCCESS").doesNotContain("FAILED");
		assertThat(promtool("", "test", "rules", Documents.RULE_TESTS)).contains("SUCCESS").doesNotContain("FAILED");
	}

	@Test
	@EnabledIf(INSTALLED)
	void promtoolHasNothingToSayAboutTheMeters() throws Exception {
		assertThat(Prometheus.promtool(this.scrape, "check", "metrics").lines())
			.as("others are Spring Boot's and Tomcat's own")
			.noneMatch((line) -> line.matches("(failover|hikaricp|jdbc|resilience4j)_.*"))
			.noneMatch((line) -> line.contains("error"));
	}

	@Test
	void theRulesForKubernetesAreTheSame() {
		Map<String, Object> rules = new Yaml().load(Documents.read(Documents.RULES));
		Map<String, Object> resource = new Yaml()
			.load(Documents.read(Documents.FOLDER.resolve("kubernetes/failover-rules.yaml")));
		assertThat(resource).as("write it with docs/kubernetes/render.py")
			.containsEntry("kind", "PrometheusRule")
			.containsEntry("spec", rules);
	}

	@Test
	void eachAlertHasAUnitTest() {
		assertThat(Documents.read(Documents.RULE_TESTS))
			.contains(AlertRule.of(Documents.read(Documents.RULES)).stream().map(AlertRule::alert).toList());
	}

	private static String promtool(String input, String command, String what, Path file) throws Exception {
		return Prometheus.promtool(input, command, what, file.toString());
	}

}
