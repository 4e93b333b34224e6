package dev.failover.it.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.failover.embedded.EmbeddedNode;

/**
 * Another time of day for the server processes of one node, by the library of Debian's
 * package {@code faketime}.
 */
final class FakeClock {

	private static final Path LIBRARIES = Path.of("/usr/lib");

	private static final String LIBRARY = "faketime/libfaketime.so.1";

	private FakeClock() {
	}

	/**
	 * The library, if it is installed.
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
	 * Variables that shift the clock of a server. Only the time of day: with another
	 * monotonic clock its time-outs would be wrong, and with other times of files it
	 * would wait for a lock that killed processes leave behind.
	 */
	static Map<String, String> shiftedBy(Duration offset) {
		return Map.of("LD_PRELOAD", library().orElseThrow().toString(), "FAKETIME",
				(offset.isNegative() ? "" : "+") + offset.toSeconds(), "FAKETIME_DONT_FAKE_MONOTONIC", "1",
				"NO_FAKE_STAT", "1");
	}

	/**
	 * How far the clock of a server is ahead of this machine's.
	 */
	static Duration skew(EmbeddedNode node) throws SQLException {
		try (Connection connection = node.connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("select extract(epoch from clock_timestamp()) * 1000")) {
			row.next();
			return Duration.ofMillis(row.getLong(1) - System.currentTimeMillis());
		}
	}

}
