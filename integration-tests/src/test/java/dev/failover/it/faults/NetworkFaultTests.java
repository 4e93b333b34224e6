package dev.failover.it.faults;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.failover.Mode;
import dev.failover.embedded.Link;
import dev.failover.transaction.CommitOutcomeUnknownException;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The network between the application and its primary fails; the server itself is well.
 */
class NetworkFaultTests {

	@Test
	void whenAllBytesVanishTheRouteLeavesAndReturns() throws Exception {
		lost("every byte vanishes, both ways", (stage) -> stage.primary().link().cut());
	}

	@Test
	void whenBytesToTheServerVanishTheRouteLeavesAndReturns() throws Exception {
		lost("every byte to the server vanishes", (stage) -> stage.primary().link().cut(Link.Direction.TO_SERVER));
	}

	@Test
	void whenBytesToTheClientVanishTheRouteLeavesAndReturns() throws Exception {
		lost("every byte to the client vanishes", (stage) -> stage.primary().link().cut(Link.Direction.TO_CLIENT));
	}

	@Test
	void whenConnectionsAreResetTheRouteLeavesAndReturns() throws Exception {
		lost("connections are reset", (stage) -> stage.primary().link().reset());
	}

	@Test
	void whenConnectionsAreRefusedTheRouteLeavesAndReturns() throws Exception {
		lost("open connections are reset, new ones refused", (stage) -> {
			stage.primary().link().reset();
			stage.primary().link().refuse();
		});
	}

	private static void lost(String name, Step fault) throws Exception {
		Scenario.of(Group.NETWORK, name + "; then healed")
			.fault(fault)
			.then((stage) -> stage.awaitMode(Mode.READ_ONLY))
			.then(Stage::awaitReadsWhole)
			.then((stage) -> stage.remain(Duration.ofSeconds(1)))
			.then((stage) -> stage.primary().link().heal())
			.then((stage) -> stage.awaitMode(Mode.NORMAL))
			.then(Stage::awaitWhole)
			.then(Stage::awaitReady)
			.expect(Expectation.changes(2, 2, Mode.NORMAL).ready(true))
			.run();
	}

	@Test
	void whenOnlyNewConnectionsAreRefusedNothingHappens() throws Exception {
		Scenario.of(Group.NETWORK, "new connections are refused, open ones stay")
			.fault((stage) -> stage.primary().link().refuse())
			.then(Stage::remainUndetected)
			.then(Stage::awaitWhole)
			.expect(Expectation.noChange().failures(0).ready(true))
			.run();
	}

	@Test
	void aRoundTripThatTakes300MillisecondsLongerChangesNothing() throws Exception {
		Duration time = LongRun.orShort(Duration.ofSeconds(40), Duration.ofSeconds(4));
		Scenario.of(Group.NETWORK, "300 ms delay for " + time.toSeconds() + " s")
			// 16 clients share 10 connections, each of which is busy for a second at a
			// time
			.with("spring.datasource.hikari.connection-timeout=8000")
			.fault((stage) -> stage.primary().link().delay(Duration.ofMillis(300)))
			.then((stage) -> stage.remain(time))
			.then((stage) -> stage.primary().link().heal())
			.then(Stage::awaitWhole)
			.expect(Expectation.noChange().failures(0).ready(true))
			.run();
	}

	@Test
	void whenThreeConnectionsInTenFailTheApplicationStaysWhole() throws Exception {
		Scenario.of(Group.NETWORK, "30 % of new connections dropped, all connections closed once").fault((stage) -> {
			stage.primary().link().dropConnections(0.3);
			terminateAll(stage);
		})
			.then(Stage::awaitWhole)
			.then(Stage::remainUndetected)
			.then((stage) -> stage.primary().link().heal())
			.then((stage) -> stage.awaitMode(Mode.NORMAL))
			.then(Stage::awaitWhole)
			.expect(Expectation.changes(0, 2, Mode.NORMAL))
			.run();
	}

	private static void terminateAll(Stage stage) throws SQLException {
		Stage.sql(stage.primary(), "select pg_terminate_backend(pid) from pg_stat_activity where usename = '"
				+ stage.pair().username() + "'");
	}

	@Test
	void aNameThatNoLongerResolvesIsLikeADeadServer() throws Exception {
		named("name no longer resolves, open connections closed once").fault((stage) -> {
			NameService.remove("primary");
			terminateAll(stage);
		})
			.then((stage) -> stage.awaitMode(Mode.READ_ONLY))
			.then(Stage::awaitReadsWhole)
			.then((stage) -> NameService.point("primary", stage.primary().port()))
			.then((stage) -> stage.awaitMode(Mode.NORMAL))
			.then(Stage::awaitWhole)
			.expect(Expectation.changes(2, 2, Mode.NORMAL))
			.run();
	}

	@Test
	void aNameThatMovesToAnotherAddressIsFollowed() throws Exception {
		named("name moves to another address, the old one resets").fault((stage) -> {
			NameService.point("primary", stage.primary().directPort());
			stage.primary().link().reset();
		})
			.then((stage) -> stage.awaitMode(Mode.NORMAL))
			.then(Stage::awaitWhole)
			.expect(Expectation.changes(0, 2, Mode.NORMAL))
			.run();
	}

	private static Scenario named(String fault) {
		return Scenario.of(Group.NETWORK, fault)
			.prepare((stage) -> NameService.point("primary", stage.primary().port()))
			.withPair(
					(pair) -> List.of("spring.datasource.url=" + NameService.url(pair.primary().jdbcUrl(), "primary")));
	}

	@Test
	void aCommitWhoseAnswerIsLostHasHappenedOnceAndItsClientIsToldThatItIsUnknown() throws Exception {
		Scenario.of(Group.NETWORK, "cut in the middle of a `COMMIT`; then healed")
			.prepare((stage) -> Stage.sql(stage.primary(), """
					create or replace function wait_for_the_cut() returns trigger language plpgsql as
					$$ begin perform pg_advisory_xact_lock(42); return null; end $$""", """
					create constraint trigger cut after insert on ledger deferrable initially deferred
					for each row when (new.client = 99) execute function wait_for_the_cut()"""))
			.fault(NetworkFaultTests::cutACommit)
			.then((stage) -> stage.primary().link().heal())
			.then((stage) -> stage.awaitMode(Mode.NORMAL))
			.then(Stage::awaitWhole)
			.expect(Expectation.changes(2, 2, Mode.NORMAL))
			.run();
	}

	private static void cutACommit(Stage stage) throws Exception {
		CompletableFuture<Void> commit;
		try (Connection admin = stage.primary().connect(); Statement statement = admin.createStatement()) {
			statement.execute("select pg_advisory_lock(42)");
			TransactionTemplate transaction = new TransactionTemplate(
					stage.application().bean(PlatformTransactionManager.class));
			commit = CompletableFuture.runAsync(() -> transaction.executeWithoutResult(
					(status) -> stage.application().jdbc().queryForObject(Ledger.INSERT, Integer.class, -1, 99, 1)));
			stage.await("a commit under way", () -> count(statement,
					"select count(*) from pg_stat_activity where query = 'COMMIT' and wait_event = 'advisory'") == 1);
			stage.primary().link().cut(Link.Direction.TO_CLIENT);
		}
		stage.awaitMode(Mode.READ_ONLY);
		assertThat(commit).failsWithin(5, TimeUnit.SECONDS)
			.withThrowableThat()
			.withCauseInstanceOf(CommitOutcomeUnknownException.class)
			.withMessageContaining("may or may not be stored");
		try (Connection admin = stage.primary().connect(); Statement statement = admin.createStatement()) {
			assertThat(count(statement, "select count(*) from ledger where client = 99")).isOne();
		}
	}

	private static int count(Statement statement, String sql) throws SQLException {
		try (ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getInt(1);
		}
	}

}
