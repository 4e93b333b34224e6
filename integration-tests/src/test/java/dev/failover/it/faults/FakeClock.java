package dev.failover.it.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.failover.embedded.EmbeddedNode;
import dev.failover.it.ServerSql;

/**
 * Shifts the time of day for the server processes of one node with the library of
 * Debian's package {@code faketime}.
 */
final class FakeClock {

	private static final Path LIBRARIES = Path.of("/usr/lib");

	private static final String LIBRARY = "faketime/libfaketime.so.1";

	private FakeClock() {
	}

	/**
	 * Returns the library, if it is installed.
	 */
	static Optional<Path> library() {
		if (!Files.isDirectory(LIBRARIES)) {
			return Optional.empty();
		}
		try (Stream<Path> architectures = Files.list(LIBRARIES)) {
			return Stream.concat(Stream.of(LIBRARIES), architectures)
				.map((directory) -> directory.resolve(LIBRARY))
				.filter(Files::isReadable)
				.findFirst();
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Returns environment variables that shift the time of day of a server. The monotonic
	 * clock stays, because time-outs depend on it; times of files stay, because the
	 * server would otherwise wait for a lock that killed processes leave behind.
	 */
	static Map<String, String> shiftedBy(Duration offset) {
		return Map.of("LD_PRELOAD", library().orElseThrow().toString(), "FAKETIME",
				(offset.isNegative() ? "" : "+") + offset.toSeconds(), "FAKETIME_DONT_FAKE_MONOTONIC", "1",
				"NO_FAKE_STAT", "1");
	}

	/**
	 * Returns the time by which the clock of a server is ahead of this machine's clock.
	 */
	static Duration skew(EmbeddedNode node) throws SQLException {
		long millis = ServerSql.query(node, "select extract(epoch from clock_timestamp()) * 1000", Long.class);
		return Duration.ofMillis(millis - System.currentTimeMillis());
	}

}
