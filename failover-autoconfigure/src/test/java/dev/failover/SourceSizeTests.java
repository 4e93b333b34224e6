package dev.failover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sizes of the house, counted in the sources.
 */
final class SourceSizeTests {

	private static final int MAX_CLASS = 300;

	private static final int MAX_METHOD = 40;

	@Test
	void noClassIsLong() {
		assertThat(sources()).isNotEmpty()
			.allSatisfy(
					(source) -> assertThat(lines(source)).as(source.toString()).hasSizeLessThanOrEqualTo(MAX_CLASS));
	}

	@Test
	void noMethodIsLong() {
		assertThat(sources())
			.allSatisfy((source) -> assertThat(longMethods(lines(source))).as(source.toString()).isEmpty());
	}

	@Test
	void aLongMethodIsFound() {
		List<String> lines = new ArrayList<>(List.of("final class Some {", "\tvoid longOne() {"));
		lines.addAll(Collections.nCopies(MAX_METHOD, "\t\tcall();"));
		lines.addAll(List.of("\t}", "}"));
		assertThat(longMethods(lines)).containsExactly("void longOne(): 42 lines");
	}

	/**
	 * Walks the braces: a block in a type is a type, or, if its head has parentheses, a
	 * method. What is inside a method belongs to it.
	 */
	private static List<String> longMethods(List<String> lines) {
		List<String> found = new ArrayList<>();
		Deque<Block> blocks = new ArrayDeque<>();
		StringBuilder head = new StringBuilder();
		for (int i = 0; i < lines.size(); i++) {
			for (char each : code(lines.get(i)).toCharArray()) {
				if (each == '{') {
					blocks.push(Block.of(head.toString(), blocks.peek(), i));
				}
				else if (each == '}') {
					blocks.pop().longMethod(i).ifPresent(found::add);
				}
				head = (each == '{' || each == '}' || each == ';') ? new StringBuilder() : head.append(each);
			}
		}
		return found;
	}

	private static String code(String line) {
		return line.replaceAll("\\\\.", "").replaceAll("\"[^\"]*\"|'[^']*'", "").replaceFirst("//.*|^\\s*/?\\*.*", "");
	}

	private static List<Path> sources() {
		try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
			return files.filter((file) -> file.toString().endsWith(".java")).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> lines(Path source) {
		try {
			return Files.readAllLines(source);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A block in braces.
	 */
	private record Block(String head, boolean type, boolean inType, int line) {

		static Block of(String head, @Nullable Block outer, int line) {
			boolean inType = outer == null || outer.type();
			boolean type = inType && head.matches("(?s).*\\b(class|record|interface|enum)\\b.*");
			return new Block(head.strip(), type, inType, line);
		}

		Optional<String> longMethod(int end) {
			int size = end - this.line + 1;
			boolean method = !this.type && this.inType && this.head.contains("(");
			return Optional.of(this.head + ": " + size + " lines").filter((text) -> method && size > MAX_METHOD);
		}

	}

}
