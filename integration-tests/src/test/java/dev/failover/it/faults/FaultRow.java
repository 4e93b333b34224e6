package dev.failover.it.faults;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.json.JsonParserFactory;
import org.springframework.boot.json.JsonWriter;

/**
 * A row of the table of faults.
 *
 * @param group group of the fault
 * @param fault what it is
 * @param reason why it could not run on this machine, empty if it ran
 * @param values what was measured, by column
 */
record FaultRow(Group group, String fault, String reason, Map<String, Object> values) {

	static final String DETECTED = "detected";

	static final String SIGNAL = "signalToRoute";

	static final String READS = "readsWhole";

	static final String WRITES = "writesWhole";

	static final String FAILED = "failed";

	static final String HELD = "held";

	static final String LOST = "lost";

	static final String DUPLICATED = "duplicated";

	static final String CHANGES = "routeChanges";

	static final String LONGEST = "longest";

	static final String CALLS = "calls";

	static final String ERRORS = "errors";

	static FaultRow cannotRun(Group group, String fault, String reason) {
		return new FaultRow(group, fault, reason, Map.of());
	}

	/**
	 * Milliseconds, or null for nothing.
	 */
	static Object millis(Duration duration) {
		return (duration != null) ? (Object) (duration.toNanos() / 1_000_000.0) : null;
	}

	long number(String column) {
		return (this.values.get(column) instanceof Number number) ? number.longValue() : 0;
	}

	String toJson() {
		Map<String, Object> all = new LinkedHashMap<>();
		all.put("group", this.group.name());
		all.put("fault", this.fault);
		all.put("reason", this.reason);
		this.values.forEach((column, value) -> {
			if (value != null) {
				all.put(column, value);
			}
		});
		return JsonWriter.standard().writeToString(all);
	}

	static FaultRow fromJson(String json) {
		Map<String, Object> all = new LinkedHashMap<>(JsonParserFactory.getJsonParser().parseMap(json));
		return new FaultRow(Group.valueOf((String) all.remove("group")), (String) all.remove("fault"),
				(String) all.remove("reason"), all);
	}

}
