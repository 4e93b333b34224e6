package dev.failover.it.faults;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;

import dev.failover.Mode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replication lags, stops, or cannot be looked at.
 */
class ReplicationFaultTests {

	@Test
	void aMirrorThatLagsTooFarIsNotReadyUntilItHasCaughtUp() throws Exception {
		Scenario.of(Group.REPLICATION, "mirror lags behind by more than the limit, and catches up")
			.on(PairOptions.SYNCHRONOUS)
			.with("failover.replication.max-lag=1s")
			.fault((stage) -> Stage.sql(stage.mirror(), "select pg_wal_replay_pause()"))
			.then((stage) -> stage.awaitCondition("LAGGING of node 'mirror'"))
			.then((stage) -> assertThat(stage.application().state().ready()).isFalse())
			.then((stage) -> Stage.sql(stage.mirror(), "select pg_wal_replay_resume()"))
			.then(Stage::awaitReady)
			.then(Stage::awaitWhole)
			.expect(Expectation.noChange().failures(0).ready(true).conditions("LAGGING of node 'mirror'"))
			.run();
	}

	@Test
	void aMirrorThatLaggedTooFarWhenThePrimaryDiedTakesNoWork() throws Exception {
		Scenario.of(Group.REPLICATION, "primary killed while the mirror lags by more than the limit, and started again")
			.on(PairOptions.SYNCHRONOUS)
			.with("failover.replication.max-lag=1s")
			.fault((stage) -> Stage.sql(stage.mirror(), "select pg_wal_replay_pause()"))
			.then((stage) -> stage.awaitCondition("LAGGING of node 'mirror'"))
			.fault((stage) -> stage.primary().kill())
			.then((stage) -> stage.awaitMode(Mode.UNAVAILABLE))
			.then(Stage::remainUndetected)
			.then((stage) -> assertThat(stage.application().state().route().reads()).isNull())
			.then((stage) -> stage.primary().start())
			.then((stage) -> stage.awaitMode(Mode.NORMAL))
			.then((stage) -> Stage.sql(stage.mirror(), "select pg_wal_replay_resume()"))
			.then(Stage::awaitReady)
			.then(Stage::awaitWhole)
			.expect(Expectation.changes(2, 2, Mode.NORMAL).ready(true).conditions("LAGGING of node 'mirror'"))
			.run();
	}

	@Test
	void aMirrorThatLaggedAndHadReceivedAllIsUsedWhenItIsPromoted() throws Exception {
		Scenario.of(Group.REPLICATION, "primary killed while the mirror applies nothing, mirror promoted")
			.on(PairOptions.SYNCHRONOUS)
			.with("failover.replication.max-lag=1s")
			.fault((stage) -> Stage.sql(stage.mirror(), "select pg_wal_replay_pause()"))
			.then((stage) -> stage.awaitCondition("LAGGING of node 'mirror'"))
			.fault((stage) -> stage.primary().kill())
			.then((stage) -> stage.awaitMode(Mode.UNAVAILABLE))
			.then((stage) -> stage.mirror().promoteAlone())
			.then((stage) -> stage.awaitMode(Mode.FAILED_OVER))
			.then(Stage::awaitWhole)
			.expect(Expectation.changes(2, 3, Mode.FAILED_OVER).conditions("LAGGING of node 'mirror'"))
			.run();
	}

	@Test
	void aMirrorThatMissedTooMuchIsNotUsedWhenItIsPromoted() throws Exception {
		Scenario.of(Group.REPLICATION, "primary killed long after replication stopped, mirror promoted, primary back")
			.on(PairOptions.PLAIN)
			.with("failover.replication.max-lag=1s")
			.fault((stage) -> Stage.sql(stage.mirror(), "alter system set primary_conninfo = ''",
					"select pg_reload_conf()"))
			.then((stage) -> stage.awaitCondition("LAGGING of node 'mirror'"))
			.then((stage) -> stage.remain(Duration.ofSeconds(1)))
			.fault((stage) -> stage.primary().kill())
			.then((stage) -> stage.awaitMode(Mode.UNAVAILABLE))
			.then((stage) -> stage.mirror().promoteAlone())
			.then(Stage::remainUndetected)
			.then((stage) -> assertThat(stage.application().state().route().mode()).isEqualTo(Mode.UNAVAILABLE))
			.then((stage) -> stage.primary().start())
			.then((stage) -> stage.awaitMode(Mode.NORMAL))
			.then(Stage::awaitWhole)
			.expect(Expectation.changes(2, 2, Mode.NORMAL)
				.conditions("LAGGING of node 'mirror'", "UNVERIFIED of node 'mirror'"))
			.run();
	}

	@Test
	void aMirrorThatReceivesNothingIsNotVerified() throws Exception {
		stopped("replication stopped, and started again", "primary_conninfo", "");
	}

	@Test
	void aMirrorWhoseSlotIsLostIsNotVerified() throws Exception {
		stopped("replication slot lost, and no longer asked for", "primary_slot_name", "lost");
	}

	private static void stopped(String name, String setting, String value) throws Exception {
		Scenario.of(Group.REPLICATION, name)
			.on(PairOptions.SYNCHRONOUS)
			.fault((stage) -> Stage.sql(stage.mirror(), "alter system set " + setting + " = '" + value + "'",
					"select pg_reload_conf()"))
			.then((stage) -> stage.awaitCondition("UNVERIFIED of node 'mirror'"))
			.then((stage) -> assertThat(stage.application().state().ready()).isFalse())
			.then((stage) -> Stage.sql(stage.mirror(), "alter system reset " + setting, "select pg_reload_conf()"))
			.then(Stage::awaitReady)
			.then(Stage::awaitWhole)
			.expect(Expectation.noChange().failures(0).ready(true).conditions("UNVERIFIED of node 'mirror'"))
			.run();
	}

	@Test
	void aLagQueryThatFailsLeavesTheMirrorUnverified() throws Exception {
		Scenario.of(Group.REPLICATION, "lag query fails: a grant is revoked, and given again")
			.on(PairOptions.SYNCHRONOUS)
			.fault((stage) -> Stage.sql(stage.primary(), "revoke select on pg_stat_wal_receiver from public"))
			.then((stage) -> stage.awaitCondition("UNVERIFIED of node 'mirror'"))
			.then((stage) -> assertThat(stage.application().state().ready()).isFalse())
			.then((stage) -> Stage.sql(stage.primary(), "grant select on pg_stat_wal_receiver to public"))
			.then(Stage::awaitReady)
			.then(Stage::awaitWhole)
			.expect(Expectation.noChange().failures(0).ready(true).conditions("UNVERIFIED of node 'mirror'"))
			.run();
	}

	@Test
	void aLagQueryThatHangsLeavesTheMirrorUnverifiedAndThePrimaryServing() throws Exception {
		Scenario.of(Group.REPLICATION, "lag query hangs on both nodes").on(PairOptions.SYNCHRONOUS).fault((stage) -> {
			try (Connection admin = stage.primary().connect(); Statement statement = admin.createStatement()) {
				admin.setAutoCommit(false);
				statement.execute("lock table pg_stat_wal_receiver in access exclusive mode");
				stage.awaitCondition("UNVERIFIED of node 'mirror'");
				stage.remain(Duration.ofSeconds(1));
				admin.rollback();
			}
		})
			.then(Stage::awaitReady)
			.then(Stage::awaitWhole)
			.expect(Expectation.noChange().failures(0).ready(true).conditions("UNVERIFIED of node 'mirror'"))
			.run();
	}

	@Test
	void aRoleWithoutMonitoringGrantsStillKnowsTheMirror() throws Exception {
		Scenario.of(Group.REPLICATION, "role without `pg_monitor`, primary killed")
			.on(PairOptions.MANAGED.withoutMonitoring())
			.fault((stage) -> stage.primary().kill())
			.then((stage) -> stage.awaitMode(Mode.FAILED_OVER))
			.then(Stage::awaitWhole)
			.expect(Expectation.changes(1, 2, Mode.FAILED_OVER))
			.run();
	}

}
