package dev.failover.it.faults;

import java.util.List;

import dev.failover.Condition.Kind;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.it.ServerSql;
import dev.failover.it.history.Operation.Outcome;
import dev.failover.it.history.Operation.Type;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of read-only transactions on a mirror that lags or is lost: they go to the
 * primary.
 */
class OffloadFaultTests {

	/**
	 * Highest number of read-only transactions in flight on the mirror when it is lost.
	 */
	private static final int IN_FLIGHT = RecordedLoad.READERS;

	@Test
	void readsLeaveALaggingMirrorWithoutAnErrorAndReturn() throws Exception {
		offloading("mirror lags while it serves reads, and catches up")
			.fault((context) -> ServerSql.pauseReplay(context.mirror()))
			.then((context) -> awaitReads(context, "primary"))
			.then(ScenarioContext::awaitRecovery)
			.then(ScenarioContext::outlastDetection)
			.then((context) -> ServerSql.resumeReplay(context.mirror()))
			.then((context) -> awaitReads(context, "mirror"))
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.changes(2, 4, Mode.NORMAL).failures(0))
			.run();
	}

	@Test
	void readsContinueOnThePrimaryWhenTheMirrorIsLost() throws Exception {
		offloading("`kill -9` of the mirror while it serves reads").fault((context) -> context.mirror().kill())
			.then((context) -> awaitReads(context, "primary"))
			.then(ScenarioContext::awaitRecovery)
			.then((context) -> context.mirror().start())
			.then((context) -> awaitReads(context, "mirror"))
			.then(ScenarioContext::awaitRecovery)
			.then(ScenarioContext::awaitReady)
			.expect(Expectation.changes(2, 4, Mode.NORMAL)
				.failures(IN_FLIGHT)
				.ready(true)
				.condition(Kind.DOWN, "mirror"))
			.run();
	}

	private static Scenario offloading(String fault) {
		return Scenario.of(FaultGroup.REPLICATION, fault)
			.on(PairOptions.SYNCHRONOUS)
			.with("failover.reads.target=mirror", "failover.reads.max-lag=500ms")
			.then((context) -> awaitReads(context, "mirror"))
			.then(OffloadFaultTests::awaitAnswersOfTheMirror);
	}

	private static void awaitReads(ScenarioContext context, String node) {
		context.await("reads on " + node,
				() -> List.of(new Node(node)).equals(context.application().state().route().reads()));
	}

	private static void awaitAnswersOfTheMirror(ScenarioContext context) {
		int server = context.mirror().directPort();
		context.await("answers of the mirror", () -> context.load()
			.history()
			.stream()
			.anyMatch((call) -> call.type() == Type.READ && call.outcome() == Outcome.OK && call.server() == server));
		assertThat(context.load().history()).filteredOn((call) -> call.type() == Type.WRITE)
			.noneMatch((call) -> call.server() == server);
	}

}
