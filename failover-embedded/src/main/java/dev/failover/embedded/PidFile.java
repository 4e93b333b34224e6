package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The file {@code postmaster.pid}, in which a server reports its state.
 *
 * @param pid process id of the postmaster (line 1)
 * @param listening whether the server listens (line 6)
 * @param segment key and id of the shared memory segment (line 7), or empty
 * @param status {@code starting}, {@code ready}, {@code standby} or {@code stopping}
 * (line 8), or empty
 */
record PidFile(long pid, boolean listening, String segment, String status) {

	private static final String NAME = "postmaster.pid";

	static Path in(Path data) {
		return data.resolve(NAME);
	}

	static Optional<PidFile> read(Path data) {
		try {
			List<String> lines = Files.readAllLines(in(data));
			return Optional.of(new PidFile(Long.parseLong(line(lines, 1)), !line(lines, 6).isEmpty(), line(lines, 7),
					line(lines, 8)));
		}
		catch (NoSuchFileException | NumberFormatException ex) {
			return Optional.empty();
		}
		catch (IOException ex) {
			throw new EmbeddedPostgresException("Could not read " + in(data), ex);
		}
	}

	private static String line(List<String> lines, int number) {
		return (lines.size() < number) ? "" : lines.get(number - 1).strip();
	}

	boolean isReady() {
		return this.status.equals("ready");
	}

}
