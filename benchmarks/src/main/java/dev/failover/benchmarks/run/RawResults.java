package dev.failover.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes results with all their samples as JSON.
 */
public final class RawResults {

	private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private RawResults() {
	}

	/**
	 * Write a record of results.
	 * @throws IOException if the file cannot be written
	 */
	public static void write(Path file, Object results) throws IOException {
		Path directory = file.toAbsolutePath().getParent();
		if (directory != null) {
			Files.createDirectories(directory);
		}
		MAPPER.writeValue(file, results);
	}

}
