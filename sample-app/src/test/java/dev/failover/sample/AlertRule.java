package dev.failover.sample;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.jayway.jsonpath.JsonPath;
import org.yaml.snakeyaml.Yaml;

/**
 * Alert of a rule file.
 *
 * @param alert name of the alert
 * @param expression query that raises it
 * @param texts annotations
 */
record AlertRule(String alert, String expression, Map<String, String> texts) {

	/**
	 * Returns all alerts of a rule file.
	 */
	static List<AlertRule> of(String rules) {
		Object file = new Yaml().load(rules);
		List<Map<String, Object>> found = JsonPath.read(file, "$.groups[*].rules[*]");
		return found.stream()
			.map((rule) -> new AlertRule(text(rule, "alert"), text(rule, "expr"),
					JsonPath.<Map<String, String>>read(rule, "$.annotations")))
			.toList();
	}

	private static String text(Map<String, Object> rule, String key) {
		return Objects.requireNonNull(rule.get(key), () -> "No '" + key + "' in " + rule).toString();
	}

	@Override
	public String toString() {
		return this.alert;
	}

}
