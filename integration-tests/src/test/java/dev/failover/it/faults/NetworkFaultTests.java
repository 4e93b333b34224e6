package dev.failover.it.faults;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.failover.Mode;
import dev.failover.embedded.Link;
import dev.failover.it.ServerSql;
import dev.failover.transaction.CommitOutcomeUnknownException;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a network that fails between the application and a primary that works.
 */
class NetworkFaultTests {

	@Test
	void theRouteLeavesAndReturnsWhenAllBytesAreLost() throws Exception {
		lost("all bytes are lost in both directions", (context) -> context.primary().link().cut());
	}

	@Test
	void theRouteLeavesAndReturnsWhenBytesToTheServerAreLost() throws Exception {
		lost("all bytes to the server are lost", (context) -> context.primary().link().cut(Link.Direction.TO_SERVER));
	}

	@Test
	void theRouteLeavesAndReturnsWhenBytesToTheClientAreLost() throws Exception {
		lost("all bytes to the client are lost", (context) -> context.primary().link().cut(Link.Direction.TO_CLIENT));
	}

	@Test
	void theRouteLeavesAndReturnsWhenConnectionsAreReset() throws Exception {
		lost("connections are reset", (context) -> context.primary().link().reset());
	}

	@Test
	void theRouteLeavesAndReturnsWhenConnectionsAreRefused() throws Exception {
		lost("open connections are reset, new ones refused", (context) -> {
			context.primary().link().reset();
			context.primary().link().refuse();
		});
	}

	private static void lost(String name, Scenario.Action fault) throws Exception {
		Scenario.of(FaultGroup.NETWORK, name + "; then healed")
			.fault(fault)
			.then((context) -> context.awaitMode(Mode.READ_ONLY))
			.then(ScenarioContext::awaitReadRecovery)
			.then((context) -> context.letPass(Duration.ofSeconds(1)))
			.then((context) -> context.primary().link().heal())
			.then((context) -> context.awaitMode(Mode.NORMAL))
			.then(ScenarioContext::awaitRecovery)
			.then(ScenarioContext::awaitReady)
			.expect(Expectation.changes(2, 2, Mode.NORMAL).ready(true))
			.run();
	}

	@Test
	void theRouteStaysWhenOnlyNewConnectionsAreRefused() throws Exception {
		Scenario.of(FaultGroup.NETWORK, "new connections are refused, open ones stay")
			.fault((context) -> context.primary().link().refuse())
			.then(ScenarioContext::outlastDetection)
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.noChange().failures(0).ready(true))
			.run();
	}

	@Test
	void theRouteStaysWhenARoundTripTakes300MillisecondsLonger() throws Exception {
		Duration time = FaultDurations.choose(Duration.ofSeconds(40), Duration.ofSeconds(4));
		Scenario.of(FaultGroup.NETWORK, "300 ms delay for " + time.toSeconds() + " s")
			// 16 clients share 10 connections, each of which is busy for a second at a
			// time
			.with("spring.datasource.hikari.connection-timeout=8000")
			.fault((context) -> context.primary().link().delay(Duration.ofMillis(300)))
			.then((context) -> context.letPass(time))
			.then((context) -> context.primary().link().heal())
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.noChange().failures(0).ready(true))
			.run();
	}

	@Test
	void clientsRecoverWhenThreeInTenNewConnectionsFail() throws Exception {
		Scenario.of(FaultGroup.NETWORK, "30 % of new connections dropped, all connections closed once")
			.fault((context) -> {
				context.primary().link().dropConnections(0.3);
				terminateAll(context);
			})
			.then(ScenarioContext::awaitRecovery)
			.then(ScenarioContext::outlastDetection)
			.then((context) -> context.primary().link().heal())
			.then((context) -> context.awaitMode(Mode.NORMAL))
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.changes(0, 2, Mode.NORMAL))
			.run();
	}

	private static void terminateAll(ScenarioContext context) throws SQLException {
		ServerSql.terminateSessions(context.primary(), "usename = '" + context.pair().username() + "'");
	}

	@Test
	void theRouteLeavesAPrimaryWhoseNameNoLongerResolves() throws Exception {
		named("name no longer resolves, open connections closed once").fault((context) -> {
			NameService.remove("primary");
			terminateAll(context);
		})
			.then((context) -> context.awaitMode(Mode.READ_ONLY))
			.then(ScenarioContext::awaitReadRecovery)
			.then((context) -> NameService.map("primary", context.primary().port()))
			.then((context) -> context.awaitMode(Mode.NORMAL))
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.changes(2, 2, Mode.NORMAL))
			.run();
	}

	@Test
	void connectionsFollowANameThatMovesToAnotherAddress() throws Exception {
		named("name moves to another address, the old one resets").fault((context) -> {
			NameService.map("primary", context.primary().directPort());
			context.primary().link().reset();
		})
			.then((context) -> context.awaitMode(Mode.NORMAL))
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.changes(0, 2, Mode.NORMAL))
			.run();
	}

	private static Scenario named(String fault) {
		return Scenario.of(FaultGroup.NETWORK, fault)
			.prepare((context) -> NameService.map("primary", context.primary().port()))
			.withPair(
					(pair) -> List.of("spring.datasource.url=" + NameService.url(pair.primary().jdbcUrl(), "primary")));
	}

	@Test
	void aCommitWhoseAnswerIsLostIsStoredOnceAndReportedAsUnknown() throws Exception {
		Scenario.of(FaultGroup.NETWORK, "cut in the middle of a `COMMIT`; then healed")
			.prepare((context) -> ServerSql.execute(context.primary(), """
					create or replace function wait_for_the_cut() returns trigger language plpgsql as
					$$ begin perform pg_advisory_xact_lock(42); return null; end $$""", """
					create constraint trigger cut after insert on ledger deferrable initially deferred
					for each row when (new.client = 99) execute function wait_for_the_cut()"""))
			.fault(NetworkFaultTests::cutACommit)
			.then((context) -> context.primary().link().heal())
			.then((context) -> context.awaitMode(Mode.NORMAL))
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.changes(2, 2, Mode.NORMAL))
			.run();
	}

	private static void cutACommit(ScenarioContext context) throws Exception {
		CompletableFuture<Void> commit;
		try (Connection admin = context.primary().connect(); Statement statement = admin.createStatement()) {
			statement.execute("select pg_advisory_lock(42)");
			TransactionOperations transactions = context.application().transactions(false);
			commit = CompletableFuture
				.runAsync(() -> transactions.executeWithoutResult((status) -> context.application()
					.jdbc()
					.queryForObject(LedgerTable.INSERT, Integer.class, -1, 99, 1)));
			context.await("a commit under way", () -> count(context,
					"select count(*) from pg_stat_activity where query = 'COMMIT' and wait_event = 'advisory'") == 1);
			context.primary().link().cut(Link.Direction.TO_CLIENT);
		}
		context.awaitMode(Mode.READ_ONLY);
		assertThat(commit).failsWithin(5, TimeUnit.SECONDS)
			.withThrowableThat()
			.withCauseInstanceOf(CommitOutcomeUnknownException.class)
			.withMessageContaining("may or may not be stored");
		assertThat(count(context, "select count(*) from ledger where client = 99")).isOne();
	}

	private static int count(ScenarioContext context, String sql) throws SQLException {
		return ServerSql.query(context.primary(), sql, Integer.class);
	}

}
