package dev.failover.docs;

import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.failover.docs.Page.Block;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the commands in the documents: a shell reads them, and modules, profiles and
 * tests that a command of Maven names exist.
 */
final class CommandsTests {

	private static final Pattern MAVEN = Pattern.compile("\\bmvn (?:[^`\n\\\\]|\\\\\n)+");

	private static final List<Page> SOURCES = Sources.all();

	@ParameterizedTest
	@MethodSource
	void aShellReadsTheBlock(Block block) throws Exception {
		Process shell = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
		try (Writer commands = shell.outputWriter()) {
			commands.write(block.code());
		}
		assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
		assertThat(shell.waitFor()).isZero();
	}

	static Stream<Block> aShellReadsTheBlock() {
		return Page.all()
			.stream()
			.flatMap((page) -> page.blocks().stream())
			.filter((block) -> block.language().matches("sh|bash"));
	}

	@ParameterizedTest
	@MethodSource("mavenCommands")
	void theModulesOfMavenExist(String command) {
		assertThat(arguments("-pl ", command))
			.allSatisfy((module) -> assertThat(Page.ROOT.resolve(module).resolve("pom.xml")).exists());
	}

	@ParameterizedTest
	@MethodSource("mavenCommands")
	void theProfilesOfMavenExist(String command) {
		assertThat(profiles()).containsAll(arguments("-P", command));
	}

	@ParameterizedTest
	@MethodSource("mavenCommands")
	void theTestsExist(String command) {
		assertThat(arguments("-Dtest=", command))
			.allSatisfy((test) -> assertThat(SOURCES).anyMatch((source) -> contains(source, test)));
	}

	static Set<String> mavenCommands() {
		return Page.all()
			.stream()
			.flatMap((page) -> MAVEN.matcher(page.text()).results())
			.map((command) -> command.group().replaceAll("\\s+#.*", "").replaceAll("\\\\?\\s+", " "))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static List<String> arguments(String option, String command) {
		return Pattern.compile("(?:^| )" + option + "'?([^' ]+)")
			.matcher(command)
			.results()
			.flatMap((argument) -> Arrays.stream(argument.group(1).split(",")))
			.toList();
	}

	private static Set<String> profiles() {
		return Stream.of("", "sample-app", "failover-autoconfigure", "integration-tests", "benchmarks")
			.map((module) -> Path.of(module, "pom.xml").toString())
			.flatMap((file) -> Pattern.compile("(?s)<profile>.*?<id>([^<]+)</id>")
				.matcher(Page.of(file).text())
				.results()
				.map((profile) -> profile.group(1)))
			.collect(Collectors.toSet());
	}

	/**
	 * Returns whether a source has a test: a class or pattern of classes, or a method
	 * after {@code #}.
	 */
	private static boolean contains(Page source, String test) {
		String[] parts = test.split("#");
		String file = parts[0].replace('.', '/').replace("*", "[^/]*");
		boolean named = source.file().toString().matches(".*/" + file + "\\.java");
		return named && (parts.length == 1
				|| Pattern.compile("void " + parts[1].replace("*", "\\w*") + "\\(").matcher(source.text()).find());
	}

}
