package dev.failover.it.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes a file that other processes see complete or not at all.
 */
final class AtomicFile {

	private AtomicFile() {
	}

	static void write(Path file, String text) throws IOException {
		Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), ".", ".tmp");
		Files.writeString(fresh, text);
		Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
	}

}
