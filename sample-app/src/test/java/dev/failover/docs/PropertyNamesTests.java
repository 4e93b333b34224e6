package dev.failover.docs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the names of configuration properties in the documents, and of the tables that
 * list them, against the configuration metadata.
 */
final class PropertyNamesTests {

	private static final Pattern NAME = Pattern
		.compile("((?:failover|spring|management|resilience4j)\\.[\\w.<>*-]*[\\w*])(?:=.*)?");

	/** Properties of libraries that the sample does not have. */
	private static final Pattern NOT_HERE = Pattern.compile("spring\\.(jpa|liquibase)\\..*");

	private static final Set<String> METERS = Sources.all()
		.stream()
		.filter((source) -> source.file().endsWith("FailoverMeter.java")
				|| source.file().endsWith("FailoverObservations.java"))
		.flatMap((source) -> Pattern.compile("\"(failover\\.[a-z.]+)\"").matcher(source.text()).results())
		.map((name) -> name.group(1))
		.collect(Collectors.toSet());

	@Test
	void eachPropertyInATextExists() {
		assertThat(METERS).hasSizeGreaterThan(15);
		assertThat(Page.all()).filteredOn((page) -> !page.file().startsWith("docs/decisions"))
			.flatMap((page) -> Page.names(page.prose())
				.stream()
				.map(NAME::matcher)
				.filter((name) -> name.matches() && !exists(name.group(1)))
				.map((name) -> page + ": " + name.group(1))
				.toList())
			.filteredOn((name) -> !name.startsWith("CHANGELOG.md"))
			.isEmpty();
	}

	private static boolean exists(String name) {
		return METERS.contains(name) || NOT_HERE.matcher(name).matches() || Metadata.exists(name)
				|| Metadata.exists(name + ".*");
	}

	@ParameterizedTest
	@ValueSource(strings = { "failover.mirror.urll", "failover.detection", "failover.mirrors.east.hikari.max-pool",
			"failover.mirrors.east", "spring.datasource.urls", "failover.detections.*" })
	void aMisspeltPropertyIsFound(String name) {
		assertThat(Metadata.exists(name)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "failover.mirror.url", "failover.mirrors.east.hikari.maximum-pool-size",
			"failover.mirror.hikari.data-source-properties.prepareThreshold", "spring.datasource.hikari.*",
			"failover.<node>.witness-url" })
	void aPropertyThatExistsIsFound(String name) {
		assertThat(Metadata.exists(name)).isTrue();
	}

	@Test
	void theTablesListEachPropertyWithItsDefault() {
		Map<String, String> documented = new TreeMap<>();
		Stream.of("docs/configuration.md", "docs/operations.md", "docs/embedded.md")
			.flatMap((file) -> Page.rows(Page.of(file).text()).stream())
			.filter((row) -> row.get(0).startsWith("`failover.") && row.size() > 2
					&& !METERS.contains(unquote(row.get(0))))
			.forEach((row) -> names(row.get(0)).forEach((name) -> documented.put(name, row.get(1))));
		assertThat(documented.keySet()).containsExactlyInAnyOrderElementsOf(Metadata.failover().keySet());
		Metadata.failover()
			.forEach(
					(name, property) -> assertThat(documented.get(name)).as(name)
						.matches(
								(cell) -> (property.defaultValue() != null)
										? cell.equals("`" + property.defaultValue() + "`") : !cell.contains("`"),
								"the default " + property.defaultValue()));
	}

	/**
	 * Returns the names in the first cell of a row: the second of
	 * {@code failover.mirror.username}, {@code .password} is completed, and what stands
	 * for a map is its name.
	 */
	private static List<String> names(String cell) {
		List<String> names = new ArrayList<>();
		for (String quoted : Arrays.stream(cell.split(", ")).map(PropertyNamesTests::unquote).toList()) {
			String before = names.isEmpty() ? "" : names.get(0).substring(0, names.get(0).lastIndexOf('.'));
			names.add((quoted.startsWith(".") ? before + quoted : quoted).replaceFirst("(\\.<name>)?\\.\\*$", ""));
		}
		return names.stream().filter((name) -> !name.contains("<name>")).filter(Objects::nonNull).toList();
	}

	private static String unquote(String cell) {
		return cell.replace("`", "");
	}

}
