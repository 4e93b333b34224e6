package dev.failover.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Documents of the project.
 */
final class Documents {

	static final Path FOLDER = Path.of("..", "docs");

	static final Path RULES = FOLDER.resolve("prometheus/failover.rules.yml");

	static final Path RULE_TESTS = FOLDER.resolve("prometheus/failover.rules.test.yml");

	static final Path DASHBOARD = FOLDER.resolve("grafana/failover.json");

	private Documents() {
	}

	static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
