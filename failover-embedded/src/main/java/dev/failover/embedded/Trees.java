package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Copies and deletes directories with everything in them.
 */
final class Trees {

	private Trees() {
	}

	/**
	 * Delete a directory, or what of it is still there. Links are deleted, not followed.
	 */
	static void delete(Path root) throws IOException {
		Files.walkFileTree(root, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				Files.deleteIfExists(file);
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFileFailed(Path file, IOException ex) throws IOException {
				return ignoreVanished(ex);
			}

			@Override
			public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException ex) throws IOException {
				Files.deleteIfExists(directory);
				return FileVisitResult.CONTINUE;
			}

		});
	}

	/**
	 * Copy a directory to one that does not exist yet, readable by nobody else. Files
	 * that vanish meanwhile are left out.
	 * @param root the directory
	 * @param target where to
	 * @param wanted says of a path, relative to the root, whether it is copied
	 */
	static void copy(Path root, Path target, Predicate<Path> wanted) throws IOException {
		Files.walkFileTree(root, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
					throws IOException {
				Path relative = root.relativize(directory);
				if (!wanted.test(relative)) {
					return FileVisitResult.SKIP_SUBTREE;
				}
				Files.createDirectory(target.resolve(relative),
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				Path relative = root.relativize(file);
				if (wanted.test(relative)) {
					copyFile(file, target.resolve(relative));
				}
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFileFailed(Path file, IOException ex) throws IOException {
				return ignoreVanished(ex);
			}

		});
	}

	static void copyFile(Path file, Path target) throws IOException {
		try {
			Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (NoSuchFileException ex) {
			ignoreVanished(ex);
		}
	}

	private static FileVisitResult ignoreVanished(IOException ex) throws IOException {
		if (ex instanceof NoSuchFileException) {
			return FileVisitResult.CONTINUE;
		}
		throw ex;
	}

}
