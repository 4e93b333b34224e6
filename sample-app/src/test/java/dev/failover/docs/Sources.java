package dev.failover.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Java sources of all modules.
 */
final class Sources {

	private static final Set<String> PASSED_OVER = Set.of("target", "docs");

	private Sources() {
	}

	static List<Page> all() {
		List<Page> sources = new ArrayList<>();
		try {
			Files.walkFileTree(Page.ROOT, new SimpleFileVisitor<>() {

				@Override
				public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
					String name = folder.getFileName().toString();
					boolean hidden = name.startsWith(".") && !name.equals("..");
					return (hidden || PASSED_OVER.contains(name)) ? FileVisitResult.SKIP_SUBTREE
							: FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
					if (file.toString().endsWith(".java")) {
						sources.add(Page.of(Page.ROOT.relativize(file).toString()));
					}
					return FileVisitResult.CONTINUE;
				}

			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return sources;
	}

}
