package dev.failover.sample;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Meters of one scrape: their names, labels and values of labels.
 */
final class ScrapedMeters {

	private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z][\\w:]*)(?:\\{(.*)})? ");

	private static final Pattern LABEL = Pattern.compile("(\\w+)(=~|!~|!=|=)\"([^\"]*)\"");

	private static final Pattern SELECTOR = Pattern
		.compile("\\b((?:failover|hikaricp|jdbc|resilience4j)_\\w+|ALERTS)\\b(?:\\{([^}]*)})?");

	private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring) ?\\(([^)]*)\\)");

	private static final Pattern TEMPLATE = Pattern.compile("\\{\\{ ?(?:\\$labels\\.)?(\\w+) ?}}");

	/** Words of templates that are no labels. */
	private static final Set<String> NO_LABELS = Set.of("value", "else", "end");

	/** Labels that Prometheus adds. */
	private static final Set<String> ADDED = Set.of("job", "instance", "pod");

	private static final Set<String> WORDS = Set.of("count", "sum", "min", "max", "rate", "increase", "max_over_time",
			"vector", "and", "or", "unless", "label_replace", "label_values");

	private final Map<String, Map<String, Set<String>>> meters = new LinkedHashMap<>();

	ScrapedMeters(String exposition) {
		SAMPLE.matcher(exposition).results().forEach((sample) -> {
			Map<String, Set<String>> labels = this.meters.computeIfAbsent(sample.group(1),
					(name) -> new LinkedHashMap<>());
			labels(sample.group(2)).forEach(
					(label) -> labels.computeIfAbsent(label.group(1), (name) -> new TreeSet<>()).add(label.group(3)));
		});
	}

	/**
	 * Fails unless a query uses only meters, labels, and values of labels that exist.
	 */
	void assertQuery(String query) {
		for (MatchResult selector : selectors(query).toList()) {
			assertThat(this.meters).as(query).containsKey(selector.group(1));
			labels(selector.group(2)).forEach((label) -> assertLabel(selector.group(1), label, query));
		}
		assertThat(knownLabels(query)).as(query).containsAll(groupings(query));
		assertThat(unknownWords(query)).as(query).isEmpty();
	}

	/**
	 * Fails unless a text names only labels that the series of its query have.
	 */
	void assertText(String text, String query) {
		Set<String> named = TEMPLATE.matcher(text)
			.results()
			.map((template) -> template.group(1))
			.filter((name) -> !NO_LABELS.contains(name))
			.collect(Collectors.toSet());
		assertThat(knownLabels(query)).as(text).containsAll(named);
	}

	private void assertLabel(String meter, MatchResult label, String query) {
		String name = label.group(1);
		String value = label.group(3);
		if (!ADDED.contains(name)) {
			Set<String> values = this.meters.getOrDefault(meter, Map.of()).getOrDefault(name, Set.of());
			assertThat(values).as("values of the label '%s' of '%s' in %s", name, meter, query).isNotEmpty();
			if (!value.contains("$")) {
				assertThat(values).as(query).containsAll(List.of(value.split("\\|")));
			}
		}
	}

	private Set<String> knownLabels(String query) {
		return Stream
			.concat(ADDED.stream(),
					selectors(query)
						.flatMap((selector) -> this.meters.getOrDefault(selector.group(1), Map.of()).keySet().stream()))
			.collect(Collectors.toSet());
	}

	private static Stream<MatchResult> selectors(String query) {
		return SELECTOR.matcher(query).results().filter((selector) -> !selector.group(1).equals("ALERTS"));
	}

	private static List<String> groupings(String query) {
		return GROUPING.matcher(query)
			.results()
			.flatMap((grouping) -> Arrays.stream(grouping.group(1).split(",\\s*")))
			.toList();
	}

	private static Set<String> unknownWords(String query) {
		String rest = SELECTOR.matcher(GROUPING.matcher(query).replaceAll(""))
			.replaceAll("")
			.replaceAll("\"[^\"]*\"", "");
		return Pattern.compile("(?<![\\[$\\d])\\b[a-z_]\\w*")
			.matcher(rest)
			.results()
			.map(MatchResult::group)
			.filter((word) -> !WORDS.contains(word))
			.collect(Collectors.toSet());
	}

	private static Stream<MatchResult> labels(String labels) {
		return (labels != null) ? LABEL.matcher(labels).results() : Stream.empty();
	}

}
