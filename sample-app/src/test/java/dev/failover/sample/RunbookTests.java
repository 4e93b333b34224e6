package dev.failover.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.failover.Condition;
import dev.failover.Mode;
import dev.failover.Operation.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the completeness of the runbook: an entry for each alert, condition, finding
 * and line of the log with the level ERROR or WARN.
 */
final class RunbookTests {

	private static final String RUNBOOK = Documents.read(Documents.FOLDER.resolve("runbook.md"));

	private static final String LITERALS = "((?:\"(?:[^\"\\\\]|\\\\.)*\"[\\s+]*)+)";

	private static final Pattern LINE = Pattern
		.compile("(?:\\.(?:warn|error)\\(\\s*|new UnexpectedErrors\\(\\s*logger,\\s*)" + LITERALS);

	private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

	private static final Pattern FINDING = Pattern.compile("static final String [A-Z]+ = \"([a-z]+-[a-z-]+)\"");

	private static final Pattern PROBLEM = Pattern.compile("\"((?:it|its) [^\",]+)");

	@ParameterizedTest
	@MethodSource("alerts")
	void hasAnEntryForEachAlertThatItsAnnotationLeadsTo(AlertRule rule) {
		String anchor = rule.alert().toLowerCase(Locale.ROOT);
		assertThat(rule.texts()).containsEntry("runbook", "docs/runbook.md#" + anchor)
			.containsKeys("summary", "description");
		assertThat(section(rule.alert())).contains("**Means.**", "**Look at**", "**Do**");
	}

	static List<AlertRule> alerts() {
		return AlertRule.of(Documents.read(Documents.RULES));
	}

	@Test
	void hasNoEntryForAnAlertThatDoesNotExist() {
		List<String> entries = Pattern.compile("(?m)^### (Failover\\w+)$")
			.matcher(RUNBOOK)
			.results()
			.map((entry) -> entry.group(1))
			.toList();
		assertThat(entries).containsExactlyInAnyOrderElementsOf(alerts().stream().map(AlertRule::alert).toList());
	}

	@Test
	void hasAnEntryForEachCondition() {
		assertThat(rows("Conditions")).containsExactlyInAnyOrderElementsOf(
				Stream.of(Condition.Kind.values()).map(Condition.Kind::name).collect(Collectors.toSet()));
	}

	@Test
	void hasAnEntryForEachFinding() {
		Set<String> findings = sources("failover-autoconfigure/src/main/java/dev/failover/internal/doctor")
			.flatMap((source) -> FINDING.matcher(source).results())
			.map((finding) -> finding.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(findings).hasSizeGreaterThan(15);
		assertThat(rows("Findings")).containsExactlyInAnyOrderElementsOf(findings);
	}

	@Test
	void hasARemedyForEachProblemOfReplication() {
		List<String> problems = sources("failover-autoconfigure/src/main/java/dev/failover/internal/replication")
			.flatMap((source) -> PROBLEM.matcher(source).results())
			.map((problem) -> problem.group(1).strip())
			.toList();
		assertThat(problems).hasSizeGreaterThan(5)
			.allSatisfy((problem) -> assertThat(section("FailoverUnverified") + section("FailoverLagUnknown"))
				.contains(problem));
	}

	@Test
	void hasAnEntryForEachLineOfTheLog() {
		List<String> lines = Stream.of("failover-autoconfigure", "failover-page")
			.flatMap((module) -> sources(module + "/src/main/java"))
			.flatMap((source) -> LINE.matcher(source).results())
			.map(RunbookTests::tellingPart)
			.toList();
		assertThat(lines).hasSizeGreaterThan(20);
		assertThat(lines).filteredOn((part) -> !RUNBOOK.contains(part)).isEmpty();
	}

	@Test
	void hasAnEntryForEachModeAndOutcomeThatIsLoggedAboveInfo() {
		assertThat(Stream.of(Mode.values()).filter((mode) -> mode != Mode.NORMAL))
			.allSatisfy((mode) -> assertThat(section("Routes and conditions")).contains("`Route …: " + mode));
		assertThat(Stream.of(Outcome.values()).filter((outcome) -> outcome != Outcome.DONE)).allSatisfy(
				(outcome) -> assertThat(section("Operations")).containsPattern("`Operation … \\w+ " + outcome.label()));
	}

	private static String section(String heading) {
		MatchResult found = Pattern.compile("(?ms)^(##+) " + heading + "$(.*?)(?=^## |^### |\\z)")
			.matcher(RUNBOOK)
			.results()
			.findFirst()
			.orElseThrow(() -> new AssertionError("No heading '" + heading + "'"));
		return found.group(2);
	}

	/**
	 * Returns the first cells of the rows below a heading.
	 */
	private static List<String> rows(String heading) {
		return Pattern.compile("(?m)^\\| `([^`]+)` \\|")
			.matcher(section(heading))
			.results()
			.map((row) -> row.group(1))
			.toList();
	}

	/**
	 * Returns the first telling part of a message between its parameters, of at most 40
	 * characters.
	 */
	private static String tellingPart(MatchResult line) {
		String message = LITERAL.matcher(line.group(1))
			.results()
			.map((literal) -> literal.group(1))
			.collect(Collectors.joining());
		String[] parts = message.split("\\{}");
		String telling = Stream.of(parts).filter((part) -> part.length() >= 12).findFirst().orElse(parts[0]);
		return telling.substring(0, Math.min(40, telling.length()));
	}

	private static Stream<String> sources(String folder) {
		try (Stream<Path> files = Files.walk(Path.of("..").resolve(folder))) {
			return files.filter((file) -> file.toString().endsWith(".java")).map(Documents::read).toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
