package dev.failover.it.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The rows that the tests have written, one JSON file each.
 */
final class FaultRows {

	static final Path DIRECTORY = Path.of("target", "faults");

	private FaultRows() {
	}

	static void write(FaultRow row) throws IOException {
		Files.createDirectories(DIRECTORY);
		String name = row.group().label() + "-" + row.fault().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
		Files.writeString(DIRECTORY.resolve(name + ".json"), row.toJson() + "\n");
	}

	/**
	 * All rows, by group and name.
	 */
	static List<FaultRow> read() throws IOException {
		if (!Files.isDirectory(DIRECTORY)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(DIRECTORY)) {
			return files.filter((file) -> file.toString().endsWith(".json"))
				.map(FaultRows::parse)
				.sorted(Comparator.comparing(FaultRow::group).thenComparing(FaultRow::fault))
				.toList();
		}
	}

	private static FaultRow parse(Path file) {
		try {
			return FaultRow.fromJson(Files.readString(file));
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

}
