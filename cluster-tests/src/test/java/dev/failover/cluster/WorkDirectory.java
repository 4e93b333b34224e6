package dev.failover.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.springframework.util.FileSystemUtils;

/**
 * Temporary directory that other users can read.
 *
 * @param path the directory
 */
record WorkDirectory(Path path) implements AutoCloseable {

	static WorkDirectory create(String prefix) {
		try {
			Path path = Files.createTempDirectory(prefix);
			Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
			return new WorkDirectory(path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Writes a file that the programs can read.
	 */
	Path write(String name, String content) {
		try {
			Path file = Files.writeString(this.path.resolve(name), content);
			Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
			return file;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			FileSystemUtils.deleteRecursively(this.path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
