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
 * Operations on directories and everything in them.
 */
final class DirectoryTrees {

	private DirectoryTrees() {
	}

	/**
	 * Delete a directory. Symbolic links are deleted, not followed. Files that another
	 * process deletes at the same time are ignored.
	 * @param root the directory
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
				return ignoreMissing(ex);
			}

			@Override
			public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException ex) throws IOException {
				Files.deleteIfExists(directory);
				return FileVisitResult.CONTINUE;
			}

		});
	}

	/**
	 * Copy a directory. The copied directories are accessible to their owner only. Files
	 * that the target has with the same content are not copied again: to create a file
	 * costs more than to read it. Files that are deleted meanwhile are left out.
	 * @param root the directory
	 * @param target the directory to copy to
	 * @param included the paths, relative to the root, that are copied
	 */
	static void copy(Path root, Path target, Predicate<Path> included) throws IOException {
		Files.walkFileTree(root, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
					throws IOException {
				Path relative = root.relativize(directory);
				if (!included.test(relative)) {
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
				if (included.test(relative)) {
					copyFile(file, target.resolve(relative));
				}
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFileFailed(Path file, IOException ex) throws IOException {
				return ignoreMissing(ex);
			}

		});
	}

	/**
	 * Delete the files and directories that another directory does not have or that are
	 * not included.
	 * @param target the directory to delete from
	 * @param root the other directory
	 * @param included the paths, relative to the root, that are kept
	 */
	static void prune(Path target, Path root, Predicate<Path> included) throws IOException {
		Files.walkFileTree(target, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
					throws IOException {
				if (isKept(directory)) {
					return FileVisitResult.CONTINUE;
				}
				delete(directory);
				return FileVisitResult.SKIP_SUBTREE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				if (!isKept(file)) {
					Files.delete(file);
				}
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFileFailed(Path file, IOException ex) throws IOException {
				return ignoreMissing(ex);
			}

			private boolean isKept(Path path) {
				Path relative = target.relativize(path);
				return included.test(relative) && Files.exists(root.resolve(relative), LinkOption.NOFOLLOW_LINKS);
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
			ignoreMissing(ex);
		}
	}

	private static FileVisitResult ignoreMissing(IOException ex) throws IOException {
		if (ex instanceof NoSuchFileException) {
			return FileVisitResult.CONTINUE;
		}
		throw ex;
	}

}
