package dev.failover.it.faults;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import dev.failover.FailoverState;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.history.Findings;
import dev.failover.it.history.HistoryChecker;
import dev.failover.it.history.Operation;
import dev.failover.it.history.Outcome;
import dev.failover.it.history.StoredWrite;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Plays one scenario and checks what came of it.
 */
final class ScenarioRun {

	/** Scenarios set the lag limit to this; reads may be no older. */
	private static final Duration MAX_AGE = Duration.ofSeconds(2);

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final Scenario scenario;

	ScenarioRun(Scenario scenario) {
		this.scenario = scenario;
	}

	FaultRow play() throws Exception {
		EmbeddedPair pair = Pairs.take(this.scenario.pair());
		boolean done = false;
		try (Stage stage = new Stage(pair)) {
			prepare(stage);
			act(stage);
			stage.mark();
			FailoverState end = stage.application().state();
			List<Thread> stuck = stop(stage.load());
			List<Operation> history = stage.load().history();
			Findings findings = new HistoryChecker(MAX_AGE).check(history, survivor(stage, end));
			FaultRow row = new Report(this.scenario.group(), this.scenario.name(), stage.faults()).row(history,
					stage.log(), findings);
			check(stage, end, stuck, findings, row);
			FaultRows.write(row);
			done = true;
			return row;
		}
		finally {
			Pairs.giveBack(this.scenario.pair(), pair, done && !this.scenario.fresh());
		}
	}

	private void prepare(Stage stage) throws Exception {
		boolean asUsual = !this.scenario.startsHurt();
		for (Step step : this.scenario.preparations()) {
			step.on(stage);
		}
		if (!asUsual) {
			stage.mark();
		}
		stage.open(this.scenario.properties(stage.pair()));
		if (asUsual) {
			stage.awaitReady();
			stage.awaitWhole();
		}
	}

	private void act(Stage stage) throws Exception {
		for (Scenario.Act act : this.scenario.acts()) {
			if (act.fault()) {
				stage.mark();
			}
			act.step().on(stage);
		}
	}

	/**
	 * End all clients.
	 * @return those that do not end
	 */
	private static List<Thread> stop(Load load) {
		load.stop();
		try {
			Awaitility.await("the end of all clients").atMost(PATIENCE).until(() -> load.running().isEmpty());
		}
		catch (ConditionTimeoutException ex) {
			// told of below
		}
		return load.running();
	}

	/**
	 * What the surviving database has; one that takes no new connections is asked through
	 * the application's.
	 */
	private static List<StoredWrite> survivor(Stage stage, FailoverState end) throws SQLException {
		EmbeddedPair pair = stage.pair();
		EmbeddedNode node = (end.route().writes() != null) ? pair.node(end.route().writes().name())
				: pair.nodes().stream().filter(EmbeddedNode::isWritable).findFirst().orElse(pair.mirror());
		try {
			return Ledger.read(node.directJdbcUrl(), pair.username(), pair.password());
		}
		catch (SQLException ex) {
			try (Connection connection = stage.application().dataSource().getConnection()) {
				return Ledger.read(connection);
			}
		}
	}

	/**
	 * Whatever happens to a node, clients see what they are told to expect. What they see
	 * of resources is the database's own.
	 */
	private void checkErrors(Stage stage, String story) {
		if (this.scenario.group() != Group.RESOURCES) {
			assertThat(stage.load().history()).as("errors: " + story)
				.filteredOn((call) -> call.outcome() != Outcome.OK)
				.extracting(Operation::error)
				.allMatch(CallErrors::documented);
		}
	}

	private void check(Stage stage, FailoverState end, List<Thread> stuck, Findings findings, FaultRow row) {
		Expectation expected = this.scenario.expectation();
		String story = row.toJson() + "\n" + end.changes() + "\n" + end.conditions();
		assertThat(stuck).as("stuck threads: " + stacks(stuck)).isEmpty();
		checkErrors(stage, story);
		assertThat(findings.lost()).as("lost: " + story).isEmpty();
		assertThat(findings.duplicated()).as("duplicated: " + story).isEmpty();
		assertThat(findings.undead()).as("told to have failed, but applied: " + story).isEmpty();
		assertThat(findings.twoLeaders()).as("two leaders: " + story).isEmpty();
		assertThat(findings.stale()).as("stale reads: " + story).isEmpty();
		assertThat(row.number(FaultRow.CHANGES)).as("route changes: " + story)
			.isBetween((long) expected.least(), (long) expected.most());
		assertThat(end.route().mode()).as(story).isEqualTo(expected.mode());
		assertThat(row.number(FaultRow.FAILED)).as("failed calls: " + story).isLessThanOrEqualTo(expected.failures());
		assertThat(row.number(FaultRow.LONGEST)).as("longest call: " + story)
			.isLessThanOrEqualTo(expected.longest().toMillis());
		assertThat(stage.log().conditions()).as("conditions: " + story).containsAll(expected.conditions());
		if (expected.ready() != null) {
			assertThat(end.ready()).as("ready: " + story).isEqualTo(expected.ready());
		}
	}

	private static String stacks(List<Thread> threads) {
		return threads.stream().map((thread) -> thread.getName() + Arrays.toString(thread.getStackTrace())).toList()
				+ "";
	}

}
