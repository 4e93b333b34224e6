package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
	 * Copy a directory, readable by nobody else. Files that the target has already, with
	 * the same content, are left alone: creating a file costs more than reading it. Files
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
				if (!Files.isDirectory(target.resolve(relative))) {
					Files.createDirectory(target.resolve(relative),
							PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
				}
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

	/**
	 * Delete the files and directories that another directory does not have, or that are
	 * not wanted.
	 * @param target where to delete
	 * @param root the other directory
	 * @param wanted says of a path, relative to the root, whether it may stay
	 */
	static void prune(Path target, Path root, Predicate<Path> wanted) throws IOException {
		Files.walkFileTree(target, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
					throws IOException {
				if (mayStay(directory)) {
					return FileVisitResult.CONTINUE;
				}
				delete(directory);
				return FileVisitResult.SKIP_SUBTREE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				if (!mayStay(file)) {
					Files.delete(file);
				}
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFileFailed(Path file, IOException ex) throws IOException {
				return ignoreVanished(ex);
			}

			private boolean mayStay(Path path) {
				Path relative = target.relativize(path);
				return wanted.test(relative) && Files.exists(root.resolve(relative), LinkOption.NOFOLLOW_LINKS);
			}

		});
	}

	static void copyFile(Path file, Path target) throws IOException {
		try {
			if (!Files.exists(target) || Files.mismatch(file, target) >= 0) {
				Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
			}
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
