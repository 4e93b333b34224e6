package dev.failover.it.faults;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.springframework.boot.json.JsonParserFactory;
import org.springframework.boot.json.JsonWriter;

/**
 * A row of the table of faults. Each row is a JSON file in {@code target/faults}.
 *
 * @param group group of the fault
 * @param fault description of the fault
 * @param reason reason why it cannot run on this machine, empty if it ran
 * @param values measured values by column
 */
record FaultRow(FaultGroup group, String fault, String reason, Map<String, Object> values) {

	private static final Path DIRECTORY = Path.of("target", "faults");

	static final String DETECTED = "detected";

	static final String SIGNAL = "signalToRoute";

	static final String READS = "readsRecovered";

	static final String WRITES = "writesRecovered";

	static final String FAILED = "failed";

	static final String HELD = "held";

	static final String LOST = "lost";

	static final String DUPLICATED = "duplicated";

	static final String CHANGES = "routeChanges";

	static final String LONGEST = "longest";

	static final String CALLS = "calls";

	static final String ERRORS = "errors";

	static FaultRow cannotRun(FaultGroup group, String fault, String reason) {
		return new FaultRow(group, fault, reason, Map.of());
	}

	/**
	 * Returns a duration in milliseconds, or null for null.
	 */
	static Object millis(Duration duration) {
		return (duration != null) ? (Object) (duration.toNanos() / 1_000_000.0) : null;
	}

	long number(String column) {
		return (this.values.get(column) instanceof Number number) ? number.longValue() : 0;
	}

	/**
	 * Writes the row to its file. The file is complete at every moment: another JVM may
	 * read all rows meanwhile.
	 */
	void write() throws IOException {
		Files.createDirectories(DIRECTORY);
		String name = this.group.label() + "-" + this.fault.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
		AtomicFile.write(DIRECTORY.resolve(name + ".json"), toJson() + "\n");
	}

	/**
	 * Reads all rows that were written, in the order of group and fault.
	 */
	static List<FaultRow> readAll() throws IOException {
		if (!Files.isDirectory(DIRECTORY)) {
			return List.of();
		}
		List<FaultRow> rows = new ArrayList<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(DIRECTORY, "*.json")) {
			for (Path file : files) {
				rows.add(fromJson(Files.readString(file)));
			}
		}
		rows.sort(Comparator.comparing(FaultRow::group).thenComparing(FaultRow::fault));
		return rows;
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
		return new FaultRow(FaultGroup.valueOf((String) all.remove("group")), (String) all.remove("fault"),
				(String) all.remove("reason"), all);
	}

}
