package dev.failover.it.faults;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import dev.failover.FailoverState;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.history.HistoryChecker;
import dev.failover.it.history.Operation;
import dev.failover.it.history.Operation.Outcome;
import dev.failover.it.history.Violations;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs one scenario and checks its result.
 */
final class ScenarioRun {

	/**
	 * Lag limit of the scenarios, and so the highest age of the data that a read returns.
	 */
	private static final Duration MAX_AGE = Duration.ofSeconds(2);

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final Scenario scenario;

	ScenarioRun(Scenario scenario) {
		this.scenario = scenario;
	}

	void run() throws Exception {
		EmbeddedPair pair = PairCache.acquire(this.scenario.pair());
		boolean done = false;
		try (ScenarioContext context = new ScenarioContext(pair)) {
			prepare(context);
			performSteps(context);
			context.mark();
			FailoverState end = context.application().state();
			List<Thread> stuck = stop(context.load());
			List<Operation> history = context.load().history();
			Violations violations = new HistoryChecker(MAX_AGE).check(history, storedWrites(context, end));
			FaultRow row = new FaultReport(this.scenario.group(), this.scenario.name(), context.moments()).row(history,
					context.log(), violations);
			check(context, end, stuck, violations, row);
			row.write();
			done = true;
		}
		finally {
			PairCache.release(this.scenario.pair(), pair, done && !this.scenario.hasOwnPair());
		}
	}

	private void prepare(ScenarioContext context) throws Exception {
		for (Scenario.Action action : this.scenario.preparations()) {
			action.perform(context);
		}
		if (this.scenario.hasFaultBeforeStart()) {
			context.mark();
		}
		context.start(this.scenario.properties(context.pair()));
		if (!this.scenario.hasFaultBeforeStart()) {
			context.awaitReady();
			context.awaitRecovery();
		}
	}

	private void performSteps(ScenarioContext context) throws Exception {
		for (Scenario.Step step : this.scenario.steps()) {
			if (step.fault()) {
				context.mark();
			}
			step.action().perform(context);
		}
	}

	/**
	 * Stops all clients.
	 * @return the clients that do not end
	 */
	private static List<Thread> stop(RecordedLoad load) {
		load.stop();
		try {
			Awaitility.await("the end of all clients").atMost(TIMEOUT).until(() -> load.running().isEmpty());
		}
		catch (ConditionTimeoutException ex) {
			// the threads that still run are returned
		}
		return load.running();
	}

	/**
	 * Returns the writes of the surviving database. If it accepts no new connections,
	 * they are read through the application.
	 */
	private static List<Long> storedWrites(ScenarioContext context, FailoverState end) throws SQLException {
		EmbeddedPair pair = context.pair();
		EmbeddedNode node = (end.route().writes() != null) ? pair.node(end.route().writes().name())
				: pair.nodes().stream().filter(EmbeddedNode::isWritable).findFirst().orElse(pair.mirror());
		try {
			return LedgerTable.read(node.directJdbcUrl(), pair.username(), pair.password());
		}
		catch (SQLException ex) {
			try (Connection connection = context.application().dataSource().getConnection()) {
				return LedgerTable.read(connection);
			}
		}
	}

	/**
	 * Checks that clients received documented exceptions only. Errors of exhausted
	 * resources are those of the database.
	 */
	private void checkErrors(ScenarioContext context, String story) {
		if (this.scenario.group() != FaultGroup.RESOURCES) {
			assertThat(context.load().history()).as("errors: " + story)
				.filteredOn((call) -> call.outcome() != Outcome.OK)
				.extracting(Operation::error)
				.allMatch(CallErrors::isDocumented);
		}
	}

	private void check(ScenarioContext context, FailoverState end, List<Thread> stuck, Violations violations,
			FaultRow row) {
		Expectation expected = this.scenario.expectation();
		String story = row.toJson() + "\n" + end.changes() + "\n" + end.conditions();
		assertThat(stuck).as("stuck threads: " + stacks(stuck)).isEmpty();
		checkErrors(context, story);
		assertThat(violations.lost()).as("lost: " + story).isEmpty();
		assertThat(violations.duplicated()).as("duplicated: " + story).isEmpty();
		assertThat(violations.failedButStored()).as("reported as failed, but stored: " + story).isEmpty();
		assertThat(violations.twoLeaders()).as("two leaders: " + story).isEmpty();
		assertThat(violations.stale()).as("stale reads: " + story).isEmpty();
		assertThat(row.number(FaultRow.CHANGES)).as("route changes: " + story)
			.isBetween((long) expected.least(), (long) expected.most());
		assertThat(end.route().mode()).as(story).isEqualTo(expected.mode());
		assertThat(row.number(FaultRow.FAILED)).as("failed calls: " + story).isLessThanOrEqualTo(expected.failures());
		assertThat(row.number(FaultRow.LONGEST)).as("longest call: " + story)
			.isLessThanOrEqualTo(expected.longest().toMillis());
		assertThat(context.log().conditions()).as("conditions: " + story)
			.extracting(Expectation.Raised::of)
			.containsAll(expected.conditions());
		if (expected.ready() != null) {
			assertThat(end.ready()).as("ready: " + story).isEqualTo(expected.ready());
		}
	}

	private static String stacks(List<Thread> threads) {
		return threads.stream().map((thread) -> thread.getName() + Arrays.toString(thread.getStackTrace())).toList()
				+ "";
	}

}
