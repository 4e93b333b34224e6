package dev.failover.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A document in Markdown.
 *
 * @param file path of the document, from the root of the project
 * @param text its content
 */
public record Page(Path file, String text) {

	static final Path ROOT = Path.of("..");

	private static final Pattern BLOCK = Pattern.compile("(?ms)^( *)```(\\w*)\n(.*?)^ *```$");

	private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

	private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

	/**
	 * Returns all documents of the project.
	 */
	public static List<Page> all() {
		try (Stream<Path> root = Files.list(ROOT); Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
			return Stream.concat(root, docs)
				.filter((file) -> file.toString().endsWith(".md"))
				.map((file) -> of(ROOT.relativize(file).toString()))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the document at a path from the root of the project.
	 */
	public static Page of(String file) {
		return new Page(Path.of(file), read(ROOT.resolve(file)));
	}

	static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the blocks of code.
	 */
	public List<Block> blocks() {
		return BLOCK.matcher(this.text).results().map(this::block).toList();
	}

	/**
	 * Returns the blocks of code in one language.
	 */
	public List<Block> blocks(String language) {
		return blocks().stream().filter((block) -> block.language().equals(language)).toList();
	}

	private Block block(MatchResult match) {
		int line = (int) this.text.substring(0, match.start()).lines().count() + 1;
		return new Block(this.file + ":" + line, match.group(2),
				match.group(3).replaceAll("(?m)^" + match.group(1), ""));
	}

	/**
	 * Returns the text without its blocks of code.
	 */
	public String prose() {
		return BLOCK.matcher(this.text).replaceAll("");
	}

	/**
	 * Returns the text below a heading, to the next one of any level.
	 */
	public String section(String heading) {
		return Pattern.compile("(?ms)^#+ " + Pattern.quote(heading) + "$(.*?)(?=^##+ |\\z)")
			.matcher(this.text)
			.results()
			.map((section) -> section.group(1))
			.findFirst()
			.orElseThrow(() -> new AssertionError(this.file + " has no heading '" + heading + "'"));
	}

	/**
	 * Returns the cells of the rows of all tables in a text, without their heads.
	 */
	public static List<List<String>> rows(String text) {
		return Pattern.compile("(?m)^\\|(?! ---)(.*)\\|$(?!\n\\| ---)")
			.matcher(text)
			.results()
			.map((row) -> Arrays.stream(row.group(1).split("(?<!\\\\)\\|")).map(String::trim).toList())
			.toList();
	}

	/**
	 * Returns what stands between backquotes in a text.
	 */
	public static Set<String> names(String text) {
		return Pattern.compile("`([^`\n]+)`")
			.matcher(text)
			.results()
			.map((name) -> name.group(1))
			.collect(Collectors.toCollection(java.util.TreeSet::new));
	}

	/**
	 * Returns the targets of the links that lead to other files or headings of the
	 * project.
	 */
	public List<String> links() {
		return LINK.matcher(prose())
			.results()
			.map((link) -> link.group(1))
			.filter((target) -> !target.matches("(https?|mailto):.*"))
			.toList();
	}

	/**
	 * Returns the anchors of the headings, by the rules of GitHub.
	 */
	public Set<String> anchors() {
		Map<String, Integer> seen = new HashMap<>();
		return HEADING.matcher(prose()).results().map((heading) -> {
			String anchor = heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
			int before = seen.merge(anchor, 1, Integer::sum) - 1;
			return (before > 0) ? anchor + "-" + before : anchor;
		}).collect(Collectors.toSet());
	}

	@Override
	public String toString() {
		return this.file.toString();
	}

	/**
	 * A block of code.
	 *
	 * @param place file and line
	 * @param language its language
	 * @param code its content
	 */
	public record Block(String place, String language, String code) {

		@Override
		public String toString() {
			return this.place;
		}

	}

}
