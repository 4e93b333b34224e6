package dev.failover.sample;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;

/**
 * Query of the dashboard.
 *
 * @param panel title of its panel, or name of its annotation
 * @param expression the query, with variables
 * @param legend text that names labels of its series
 */
record DashboardQuery(String panel, String expression, String legend) {

	/**
	 * Returns the queries of all panels and annotations.
	 */
	static List<DashboardQuery> all() {
		String dashboard = Documents.read(Documents.DASHBOARD);
		List<Map<String, Object>> panels = JsonPath.read(dashboard, "$.panels[?(@.targets)]");
		List<Map<String, String>> annotations = JsonPath.read(dashboard, "$.annotations.list[*]");
		return Stream
			.concat(panels.stream().flatMap(DashboardQuery::ofPanel),
					annotations.stream()
						.map((annotation) -> new DashboardQuery(text(annotation, "name"), text(annotation, "expr"),
								text(annotation, "titleFormat") + text(annotation, "textFormat"))))
			.toList();
	}

	private static Stream<DashboardQuery> ofPanel(Map<String, Object> panel) {
		List<Map<String, String>> targets = JsonPath.read(panel, "$.targets[*]");
		return targets.stream()
			.map((target) -> new DashboardQuery(String.valueOf(panel.get("title")), text(target, "expr"),
					text(target, "legendFormat")));
	}

	private static String text(Map<String, String> values, String key) {
		return Objects.requireNonNull(values.get(key), () -> "No '" + key + "' in " + values);
	}

	/**
	 * Returns the queries of the variables, such as {@code label_values(meter, label)}.
	 */
	static List<String> variables() {
		return JsonPath.read(Documents.read(Documents.DASHBOARD), "$.templating.list[?(@.type=='query')].definition");
	}

	/**
	 * Returns the query for everything, with a value for each variable.
	 */
	String resolved() {
		return this.expression.replace("$__rate_interval", "10s").replaceAll("\\$(job|instance|node)", ".+");
	}

	/**
	 * Returns whether the query has no series while nothing happens.
	 */
	boolean isOfEvents() {
		return this.expression.endsWith("> 0") || this.expression.startsWith("ALERTS");
	}

	@Override
	public String toString() {
		return this.expression;
	}

}
