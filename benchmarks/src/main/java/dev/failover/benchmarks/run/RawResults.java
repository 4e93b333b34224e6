package dev.failover.benchmarks.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes results with all their samples as JSON, and reads them again; those of an older
 * run may lack something.
 */
public final class RawResults {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(SerializationFeature.INDENT_OUTPUT)
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

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

	/**
	 * Read a record of results.
	 * @throws IOException if there is no such file
	 */
	public static <T> T read(Path file, Class<T> type) throws IOException {
		return MAPPER.readValue(Files.readString(file), type);
	}

}
