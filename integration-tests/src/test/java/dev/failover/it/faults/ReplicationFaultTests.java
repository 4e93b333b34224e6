package dev.failover.it.faults;

import java.time.Duration;

import dev.failover.Condition.Kind;
import dev.failover.Mode;
import dev.failover.it.ServerSql;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of replication that lags, stops, or cannot be read.
 */
class ReplicationFaultTests {

	/** Ends the sessions of probes, which ask again for what was refused. */
	private static final String PROBE_SESSIONS_END = "select pg_terminate_backend(pid) from pg_stat_activity "
			+ "where query like '%pg_is_in_recovery%' and pid <> pg_backend_pid()";

	@Test
	void aMirrorThatLagsTooFarIsNotReadyUntilItHasCaughtUp() throws Exception {
		Scenario.of(FaultGroup.REPLICATION, "mirror lags behind by more than the limit, and catches up")
			.on(PairOptions.SYNCHRONOUS)
			.with("failover.replication.max-lag=1s")
			.fault((context) -> ServerSql.pauseReplay(context.mirror()))
			.then((context) -> context.awaitCondition(Kind.LAGGING, "mirror"))
			.then((context) -> assertThat(context.application().state().ready()).isFalse())
			.then((context) -> ServerSql.resumeReplay(context.mirror()))
			.then(ScenarioContext::awaitReady)
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.noChange().failures(0).ready(true).condition(Kind.LAGGING, "mirror"))
			.run();
	}

	@Test
	void aMirrorThatLaggedTooFarWhenThePrimaryWasLostServesNothing() throws Exception {
		Scenario
			.of(FaultGroup.REPLICATION,
					"primary killed while the mirror lags by more than the limit, and started again")
			.on(PairOptions.SYNCHRONOUS)
			.with("failover.replication.max-lag=1s")
			.fault((context) -> ServerSql.pauseReplay(context.mirror()))
			.then((context) -> context.awaitCondition(Kind.LAGGING, "mirror"))
			.fault((context) -> context.primary().kill())
			.then((context) -> context.awaitMode(Mode.UNAVAILABLE))
			.then(ScenarioContext::outlastDetection)
			.then((context) -> assertThat(context.application().state().route().reads()).isEmpty())
			.then((context) -> context.primary().start())
			.then((context) -> context.awaitMode(Mode.NORMAL))
			.then((context) -> ServerSql.resumeReplay(context.mirror()))
			.then(ScenarioContext::awaitReady)
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.changes(2, 2, Mode.NORMAL).ready(true).condition(Kind.LAGGING, "mirror"))
			.run();
	}

	@Test
	void aMirrorThatLaggedAndHadReceivedEverythingIsUsedWhenPromoted() throws Exception {
		Scenario.of(FaultGroup.REPLICATION, "primary killed while the mirror applies nothing, mirror promoted")
			.on(PairOptions.SYNCHRONOUS)
			.with("failover.replication.max-lag=1s")
			.fault((context) -> ServerSql.pauseReplay(context.mirror()))
			.then((context) -> context.awaitCondition(Kind.LAGGING, "mirror"))
			.fault((context) -> context.primary().kill())
			.then((context) -> context.awaitMode(Mode.UNAVAILABLE))
			.then((context) -> context.mirror().promoteAlone())
			.then((context) -> context.awaitMode(Mode.FAILED_OVER))
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.changes(2, 3, Mode.FAILED_OVER).condition(Kind.LAGGING, "mirror"))
			.run();
	}

	@Test
	void aMirrorThatLacksTooMuchIsNotUsedWhenPromoted() throws Exception {
		Scenario
			.of(FaultGroup.REPLICATION, "primary killed long after replication stopped, mirror promoted, primary back")
			.on(PairOptions.PLAIN)
			.with("failover.replication.max-lag=1s")
			.fault((context) -> ServerSql.execute(context.mirror(), "alter system set primary_conninfo = ''",
					"select pg_reload_conf()"))
			.then((context) -> context.awaitCondition(Kind.LAGGING, "mirror"))
			.then((context) -> context.letPass(Duration.ofSeconds(1)))
			.fault((context) -> context.primary().kill())
			.then((context) -> context.awaitMode(Mode.UNAVAILABLE))
			.then((context) -> context.mirror().promoteAlone())
			.then(ScenarioContext::outlastDetection)
			.then((context) -> assertThat(context.application().state().route().mode()).isEqualTo(Mode.UNAVAILABLE))
			.then((context) -> context.primary().start())
			.then((context) -> context.awaitMode(Mode.NORMAL))
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.changes(2, 2, Mode.NORMAL)
				.condition(Kind.LAGGING, "mirror")
				.condition(Kind.UNVERIFIED, "mirror"))
			.run();
	}

	@Test
	void aMirrorThatReceivesNothingIsNotVerified() throws Exception {
		stopped("replication stopped, and started again", "primary_conninfo", "");
	}

	@Test
	void aMirrorWhoseSlotIsLostIsNotVerified() throws Exception {
		stopped("replication slot lost, and no longer configured", "primary_slot_name", "lost");
	}

	private static void stopped(String name, String setting, String value) throws Exception {
		Scenario.of(FaultGroup.REPLICATION, name)
			.on(PairOptions.SYNCHRONOUS)
			.fault((context) -> ServerSql.execute(context.mirror(),
					"alter system set " + setting + " = '" + value + "'", "select pg_reload_conf()"))
			.then((context) -> context.awaitCondition(Kind.UNVERIFIED, "mirror"))
			.then((context) -> assertThat(context.application().state().ready()).isFalse())
			.then((context) -> ServerSql.execute(context.mirror(), "alter system reset " + setting,
					"select pg_reload_conf()"))
			.then(ScenarioContext::awaitReady)
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.noChange().failures(0).ready(true).condition(Kind.UNVERIFIED, "mirror"))
			.run();
	}

	@Test
	void aFunctionThatIsRefusedFromNowOnLeavesTheMirrorUnverified() throws Exception {
		Scenario.of(FaultGroup.REPLICATION, "replication cannot be read: a grant is revoked, and given again")
			.on(PairOptions.SYNCHRONOUS)
			.fault((context) -> ServerSql.execute(context.primary(),
					"revoke execute on function pg_stat_get_wal_receiver() from public"))
			.then((context) -> context.awaitCondition(Kind.UNVERIFIED, "mirror"))
			.then((context) -> assertThat(context.application().state().ready()).isFalse())
			.then((context) -> ServerSql.execute(context.primary(),
					"grant execute on function pg_stat_get_wal_receiver() to public"))
			.then((context) -> ServerSql.execute(context.mirror(), PROBE_SESSIONS_END))
			.then(ScenarioContext::awaitReady)
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.noChange().failures(0).ready(true).condition(Kind.UNVERIFIED, "mirror"))
			.run();
	}

	@Test
	void aRoleWithoutMonitoringGrantsStillVerifiesTheMirror() throws Exception {
		Scenario.of(FaultGroup.REPLICATION, "role without `pg_monitor`, primary killed")
			.on(PairOptions.MANAGED.withoutMonitoring())
			.fault((context) -> context.primary().kill())
			.then((context) -> context.awaitMode(Mode.FAILED_OVER))
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.changes(1, 2, Mode.FAILED_OVER))
			.run();
	}

}
