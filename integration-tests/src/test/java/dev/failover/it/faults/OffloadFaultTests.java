package dev.failover.it.faults;

import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.it.history.Kind;
import dev.failover.it.history.Outcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The mirror serves read-only transactions, and stops being fit for them: they go to the
 * primary.
 */
class OffloadFaultTests {

	/** Read-only transactions that can be in flight on the mirror when it is lost. */
	private static final int IN_FLIGHT = Load.READERS;

	@Test
	void readsLeaveAMirrorThatLagsWithoutAnErrorAndReturn() throws Exception {
		offloading("mirror lags while it serves reads, and catches up")
			.fault((stage) -> Stage.sql(stage.mirror(), "select pg_wal_replay_pause()"))
			.then((stage) -> awaitReads(stage, "primary"))
			.then(Stage::awaitWhole)
			.then(Stage::remainUndetected)
			.then((stage) -> Stage.sql(stage.mirror(), "select pg_wal_replay_resume()"))
			.then((stage) -> awaitReads(stage, "mirror"))
			.then(Stage::awaitWhole)
			.expect(Expectation.changes(2, 4, Mode.NORMAL).failures(0))
			.run();
	}

	@Test
	void readsGoOnOnThePrimaryWhenTheMirrorIsLost() throws Exception {
		offloading("`kill -9` of the mirror while it serves reads").fault((stage) -> stage.mirror().kill())
			.then((stage) -> awaitReads(stage, "primary"))
			.then(Stage::awaitWhole)
			.then((stage) -> stage.mirror().start())
			.then((stage) -> awaitReads(stage, "mirror"))
			.then(Stage::awaitWhole)
			.then(Stage::awaitReady)
			.expect(Expectation.changes(2, 4, Mode.NORMAL)
				.failures(IN_FLIGHT)
				.ready(true)
				.conditions("DOWN of node 'mirror'"))
			.run();
	}

	private static Scenario offloading(String fault) {
		return Scenario.of(Group.REPLICATION, fault)
			.on(PairOptions.SYNCHRONOUS)
			.with("failover.reads.target=mirror", "failover.reads.max-lag=500ms")
			.then((stage) -> awaitReads(stage, "mirror"))
			.then(OffloadFaultTests::awaitAnswersOfTheMirror);
	}

	private static void awaitReads(Stage stage, String node) {
		stage.await("reads on " + node, () -> new Node(node).equals(stage.application().state().route().reads()));
	}

	private static void awaitAnswersOfTheMirror(Stage stage) {
		int server = stage.mirror().directPort();
		stage.await("answers of the mirror", () -> stage.load()
			.history()
			.stream()
			.anyMatch((call) -> call.kind() == Kind.READ && call.outcome() == Outcome.OK && call.server() == server));
		assertThat(stage.load().history()).filteredOn((call) -> call.kind() == Kind.WRITE)
			.noneMatch((call) -> call.server() == server);
	}

}
