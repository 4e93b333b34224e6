package dev.failover.sample;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import dev.failover.docs.Page;
import dev.failover.sample.Client.Answer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the tables that list beans, meters, and fields of the endpoint and of health,
 * against the running service: each that exists is listed, and each that is listed
 * exists.
 */
@ServiceTest
final class ReferenceTests {

	private static final Page OPERATIONS = Page.of("docs/operations.md");

	/** Beans that the sample has from Resilience4j and from the embedded pair. */
	private static final Set<String> NOT_HERE = Set.of("failoverCircuitBreakerRegistry", "failoverBreakerMetrics",
			"jdbcConnectionDetails");

	/** What may be missing in the answer of a service that is well. */
	private static final Set<String> OPTIONAL = Set.of("nodes.<node>.replication.problem");

	@LocalServerPort
	private int port;

	@Autowired
	private ConfigurableListableBeanFactory beans;

	@Autowired
	private MeterRegistry meters;

	@Test
	void eachMeterIsListedWithItsTags() {
		Map<String, Set<String>> listed = new TreeMap<>();
		Page.rows(OPERATIONS.section("Meters"))
			.forEach((row) -> listed.put(unquote(row.get(0)), Page.names(row.get(2).replaceAll("\\([^)]*\\)", ""))));
		Map<String, Set<String>> existing = new TreeMap<>();
		for (Meter meter : this.meters.getMeters()) {
			if (meter.getId().getName().startsWith("failover.") && !isOfObservation(meter)) {
				existing.computeIfAbsent(meter.getId().getName(), (name) -> new TreeSet<>())
					.addAll(meter.getId().getTags().stream().map(Tag::getKey).toList());
			}
		}
		assertThat(listed).isEqualTo(existing);
	}

	/**
	 * Returns whether a meter exists because something that is listed was observed.
	 */
	private static boolean isOfObservation(Meter meter) {
		return Page.rows(OPERATIONS.section("Observations"))
			.stream()
			.map((row) -> unquote(row.get(0)))
			.anyMatch((name) -> (meter.getId().getName() + ".").startsWith(name + "."));
	}

	@Test
	void eachFieldOfTheEndpointIsListed() {
		Set<String> listed = new TreeSet<>();
		for (List<String> row : Page.rows(OPERATIONS.section("The endpoint"))) {
			String field = unquote(row.get(0));
			listed.add(field);
			if (field.endsWith(".replication")) {
				Page.names(row.get(1)).forEach((name) -> listed.add(field + "." + name));
			}
		}
		Answer answer = new Client(this.port).get("/actuator/failover");
		Set<String> existing = new TreeSet<>(fields(answer, "$"));
		existing.remove("nodes");
		existing.addAll(prefixed("nodes.<node>.", fields(answer, "$.nodes.primary")));
		existing.addAll(prefixed("nodes.<node>.", fields(answer, "$.nodes.mirror")));
		List.of("primary", "mirror")
			.forEach((node) -> existing
				.addAll(prefixed("nodes.<node>.replication.", fields(answer, "$.nodes." + node + ".replication"))));
		listed.removeAll(OPTIONAL);
		existing.removeAll(OPTIONAL);
		assertThat(listed).isEqualTo(existing);
	}

	@Test
	void theExampleOfTheReadmeHasNoOtherFields() {
		Answer answer = new Client(this.port).get("/actuator/failover");
		String example = Page.of("README.md").blocks("json").get(0).code();
		for (String path : List.of("$", "$.route", "$.changes[0]", "$.nodes.primary", "$.nodes.mirror")) {
			assertThat(JsonPath.<Map<String, Object>>read(example, path).keySet()).as(path)
				.filteredOn((field) -> !field.equals("replication"))
				.isSubsetOf(fields(answer, path));
		}
	}

	@Test
	void eachDetailOfHealthIsListed() {
		Answer answer = new Client(this.port).get("/actuator/health");
		String listed = OPERATIONS.section("Health")
			.replaceAll("(?s).*Its details are", "")
			.replaceAll("(?s)\\..*", "");
		Set<String> existing = new TreeSet<>(fields(answer, "$.components.db.details"));
		assertThat(existing.remove("nodes")).isTrue();
		assertThat(Page.names(listed)).isEqualTo(existing);
	}

	@Test
	void eachBeanIsListed() {
		Page page = Page.of("docs/application.md");
		Set<String> listed = Page.rows(page.section("Beans"))
			.stream()
			.flatMap((row) -> Page.names(row.get(0)).stream())
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(listed).filteredOn((name) -> !NOT_HERE.contains(name))
			.allSatisfy((name) -> assertThat(this.beans.containsBean(name)).as(name).isTrue());
		assertThat(ownBeans()).filteredOn((name) -> !name.startsWith("failover")).isSubsetOf(listed);
	}

	/**
	 * Returns the names of the beans that the starter defines.
	 */
	private List<String> ownBeans() {
		List<String> own = new ArrayList<>();
		for (String name : this.beans.getBeanDefinitionNames()) {
			BeanDefinition definition = this.beans.getBeanDefinition(name);
			String factory = String.valueOf(definition.getFactoryBeanName());
			boolean ours = Stream.of(factory, String.valueOf(definition.getBeanClassName()))
				.anyMatch((type) -> type.startsWith("dev.failover.autoconfigure."));
			if (ours && !name.contains(".")) {
				own.add(name);
			}
		}
		assertThat(own).hasSizeGreaterThan(10);
		return own;
	}

	@Test
	void eachPoolAndBreakerHasTheNameThatIsListed() {
		String scrape = new Client(this.port).get("/actuator/prometheus").body();
		assertThat(values(scrape, "hikaricp_connections_max", "pool")).containsExactlyInAnyOrder("primary", "mirror");
		assertThat(values(scrape, "jdbc_connections_max", "name")).contains("dataSource", "primary", "mirror");
		assertThat(values(scrape, "resilience4j_circuitbreaker_failure_rate", "name")).contains("failover-primary",
				"failover-mirror");
		assertThat(Page.names(Page.of("docs/application.md").section("Pools and names"))).contains("primary", "mirror",
				"failover-primary", "failover-mirror");
	}

	private static List<String> values(String scrape, String meter, String label) {
		return Pattern.compile("(?m)^" + meter + "\\{[^}]*\\b" + label + "=\"([^\"]*)\"")
			.matcher(scrape)
			.results()
			.map((series) -> series.group(1))
			.toList();
	}

	private static Set<String> fields(Answer answer, String path) {
		List<Map<String, Object>> found = JsonPath
			.using(com.jayway.jsonpath.Configuration.builder()
				.options(com.jayway.jsonpath.Option.ALWAYS_RETURN_LIST, com.jayway.jsonpath.Option.SUPPRESS_EXCEPTIONS)
				.build())
			.parse(answer.body())
			.read(path);
		return found.stream()
			.flatMap((object) -> object.keySet().stream())
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static List<String> prefixed(String prefix, Collection<String> names) {
		return names.stream().map((name) -> prefix + name).toList();
	}

	private static String unquote(String cell) {
		return cell.replace("`", "");
	}

}
