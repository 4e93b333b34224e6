package dev.failover.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes results with all samples as JSON, one sample on a line.
 */
public final class RawResults {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private RawResults() {
	}

	public static void write(Path file, Object results) throws IOException {
		JsonNode root = MAPPER.valueToTree(results);
		List<String> fields = new ArrayList<>();
		root.properties()
			.forEach((field) -> fields
				.add("  " + MAPPER.writeValueAsString(field.getKey()) + ": " + text(field.getValue())));
		Files.createDirectories(file.toAbsolutePath().getParent());
		Files.writeString(file, "{\n" + String.join(",\n", fields) + "\n}\n");
	}

	private static String text(JsonNode value) {
		if (!value.isArray() || value.isEmpty() || !value.get(0).isContainer()) {
			return MAPPER.writeValueAsString(value);
		}
		return value.valueStream()
			.map(MAPPER::writeValueAsString)
			.collect(Collectors.joining(",\n    ", "[\n    ", "\n  ]"));
	}

}
