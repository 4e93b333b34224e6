package dev.failover.docs;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.failover.Cause;
import dev.failover.Condition;
import dev.failover.DrillFault;
import dev.failover.DrillReport;
import dev.failover.FailoverEvent;
import dev.failover.Mode;
import dev.failover.NodeState;
import dev.failover.Operation;
import dev.failover.Role;
import dev.failover.transaction.NodeFailure;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the words that the reference lists: modes, causes, conditions, states, roles,
 * operations, drills, events, exceptions and findings. Each that exists is listed, and
 * each that is listed exists.
 */
final class VocabularyTests {

	private static final Page OPERATIONS = Page.of("docs/operations.md");

	private static final Page CONCEPTS = Page.of("docs/concepts.md");

	private static final Page RETRY = Page.of("docs/retry.md");

	private static final Pattern FINDING = Pattern.compile("static final String [A-Z]+ = \"([a-z]+-[a-z-]+)\"");

	@Test
	void modesAreListed() {
		assertThat(firstCells(CONCEPTS.section("Modes"))).isEqualTo(names(Mode.values()));
		assertThat(Page.names(row(OPERATIONS.section("The endpoint"), "`mode`"))).containsAll(names(Mode.values()));
	}

	@Test
	void theDiagramShowsTheModesAndTheirCauses() {
		String diagram = CONCEPTS.blocks("mermaid").get(0).code();
		assertThat(found("[A-Z]{2}[A-Z_]+", diagram)).isEqualTo(names(Mode.values()));
		assertThat(found("[a-z]+-[a-z]+|startup|failback|switchover", diagram.replace("stateDiagram-v2", "")))
			.isSubsetOf(causes());
		assertThat(Page.names(CONCEPTS.section("Modes"))).contains("reads-moved", "startup");
	}

	@Test
	void causesAreListed() {
		String sentence = OPERATIONS.section("The endpoint").replaceAll("(?s).*The causes of a change are", "");
		assertThat(Page.names(sentence)).isEqualTo(causes());
	}

	private static Set<String> causes() {
		return Stream.of(Cause.values()).map(Cause::label).collect(Collectors.toCollection(TreeSet::new));
	}

	@Test
	void conditionsAreListed() {
		assertThat(firstCells(OPERATIONS.section("Conditions"))).isEqualTo(names(Condition.Kind.values()));
	}

	@Test
	void statesAndRolesOfNodesAreListed() {
		String endpoint = OPERATIONS.section("The endpoint");
		assertThat(Page.names(row(endpoint, "`nodes.<node>.state`"))).isEqualTo(names(NodeState.values()));
		assertThat(Page.names(row(endpoint, "`nodes.<node>.role`"))).isEqualTo(names(Role.values()));
	}

	@Test
	void operationsAreListed() {
		Set<String> listed = found("\"action\": \"([a-z]+)\"", OPERATIONS.section("Steering"));
		assertThat(listed)
			.isEqualTo(Stream.of(Operation.Action.values()).map(Operation.Action::label).collect(Collectors.toSet()));
	}

	@Test
	void drillsAreListed() {
		List<List<String>> rows = Page.rows(OPERATIONS.section("Drill"));
		Set<String> listed = rows.stream()
			.flatMap((row) -> Page.names(row.get(0)).stream())
			.collect(Collectors.toSet());
		Stream<String> faults = Stream.of(DrillFault.values()).map(DrillFault::label);
		Stream<String> fields = Arrays.stream(DrillReport.class.getRecordComponents()).map((field) -> field.getName());
		assertThat(listed).isEqualTo(Stream.concat(faults, fields).collect(Collectors.toSet()));
	}

	@Test
	void eventsAreListed() {
		assertThat(firstCells(OPERATIONS.section("Events")))
			.isEqualTo(Arrays.stream(FailoverEvent.class.getPermittedSubclasses())
				.map(Class::getName)
				.collect(Collectors.toSet()));
	}

	@Test
	void exceptionsAreListed() {
		Set<String> existing = Arrays.stream(NodeFailure.class.getPermittedSubclasses())
			.map(Class::getSimpleName)
			.collect(Collectors.toCollection(TreeSet::new));
		String table = RETRY.text().substring(0, RETRY.text().indexOf("The first four are"));
		assertThat(Page.rows(table).stream().limit(4).map((row) -> row.get(0).split("`")[1]))
			.containsExactlyInAnyOrderElementsOf(existing);
		assertThat(table).contains("NoNodeAvailableException");
	}

	@Test
	void findingsAreListed() {
		Set<String> existing = Sources.all()
			.stream()
			.filter((source) -> source.file().toString().contains("main/java/dev/failover/internal/doctor"))
			.flatMap((source) -> found(FINDING.pattern(), source.text()).stream())
			.collect(Collectors.toSet());
		assertThat(existing).hasSizeGreaterThan(15);
		Set<String> listed = Page.rows(Page.of("docs/doctor.md").section("Findings"))
			.stream()
			.flatMap((row) -> Page.names(row.get(0)).stream())
			.collect(Collectors.toSet());
		assertThat(listed).containsAll(existing);
		assertThat(listed).allSatisfy((id) -> assertThat(Sources.all()).anyMatch(
				(source) -> source.file().toString().contains("src/main") && source.text().contains('"' + id + '"')));
	}

	private static String row(String section, String first) {
		return section.lines()
			.filter((line) -> line.startsWith("| " + first + " |"))
			.findFirst()
			.orElseThrow()
			.substring(first.length() + 3);
	}

	private static Set<String> firstCells(String section) {
		return Page.rows(section)
			.stream()
			.map((row) -> row.get(0).replace("`", ""))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Set<String> names(Enum<?>[] values) {
		return Arrays.stream(values).map(Enum::name).collect(Collectors.toCollection(TreeSet::new));
	}

	private static Set<String> found(String pattern, String text) {
		return Pattern.compile(pattern)
			.matcher(text)
			.results()
			.map((match) -> (match.groupCount() > 0) ? match.group(1) : match.group())
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
