package dev.failover.it.faults;

import java.util.List;

import dev.failover.Condition.Kind;
import dev.failover.Mode;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.it.ServerSql;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of nodes that change their roles.
 */
class RoleFaultTests {

	@Test
	void aPrimaryThatIsMadeReadOnlyServesReadsUntilItIsWritableAgain() throws Exception {
		Scenario.of(FaultGroup.ROLE, "primary made read-only under live connections, and writable again")
			.fault((context) -> ServerSql.execute(context.primary(),
					"alter system set default_transaction_read_only = on", "select pg_reload_conf()"))
			.then((context) -> context.awaitMode(Mode.READ_ONLY))
			.then(ScenarioContext::awaitReadRecovery)
			.then((context) -> ServerSql.execute(context.primary(), "alter system reset default_transaction_read_only",
					"select pg_reload_conf()"))
			.then((context) -> context.awaitMode(Mode.NORMAL))
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.changes(2, 2, Mode.NORMAL))
			.run();
	}

	@Test
	void writesFollowASwitchoverOfTheDatabase() throws Exception {
		Scenario.of(FaultGroup.ROLE, "roles switched by the cluster manager (primary restarts as a standby)")
			.fault((context) -> context.mirror().promote())
			.then((context) -> context.awaitMode(Mode.FAILED_OVER))
			.then(ScenarioContext::awaitRecovery)
			.then(ScenarioContext::awaitReady)
			.expect(Expectation.changes(1, 3, Mode.FAILED_OVER).ready(true))
			.run();
	}

	@Test
	void writesReturnWhenTheServersChangeBackToTheirFirstRoles() throws Exception {
		Scenario.of(FaultGroup.ROLE, "primary killed, mirror promoted, and both back in their first roles")
			.fault((context) -> context.primary().kill())
			.then((context) -> context.awaitMode(Mode.FAILED_OVER))
			.then((context) -> context.primary().rejoin())
			.then(ScenarioContext::awaitReady)
			.fault((context) -> context.primary().promote())
			.then((context) -> context.awaitMode(Mode.NORMAL))
			.then(ScenarioContext::awaitRecovery)
			.then(ScenarioContext::awaitReady)
			.expect(Expectation.changes(3, 5, Mode.NORMAL).ready(true))
			.run();
	}

	@Test
	void aMirrorPromotedBesideAWritablePrimaryGetsNoWrites() throws Exception {
		Scenario.of(FaultGroup.ROLE, "mirror promoted while the primary is writable")
			.on(PairOptions.SYNCHRONOUS)
			.fault((context) -> context.mirror().promoteAlone())
			.then((context) -> context.awaitCondition(Kind.SPLIT_BRAIN))
			.then(ScenarioContext::outlastDetection)
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.noChange().ready(false).condition(Kind.SPLIT_BRAIN))
			.run();
	}

	@Test
	void aPrimaryThatReturnsWithADivergedTimelineIsNotUsed() throws Exception {
		Scenario.of(FaultGroup.ROLE, "primary returns writable with a diverged timeline, and is rebuilt")
			.on(PairOptions.SYNCHRONOUS)
			.fault((context) -> context.primary().kill())
			.then((context) -> context.mirror().promoteAlone())
			.then((context) -> context.awaitMode(Mode.FAILED_OVER))
			.then(ScenarioContext::awaitRecovery)
			.then((context) -> context.primary().start())
			.then((context) -> context.awaitCondition(Kind.DIVERGED, "primary"))
			.then((context) -> assertThat(context.application().state().ready()).isFalse())
			.then(ScenarioContext::outlastDetection)
			.then((context) -> context.primary().rejoin())
			.then(ScenarioContext::awaitReady)
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.changes(1, 2, Mode.FAILED_OVER)
				.ready(true)
				.condition(Kind.SPLIT_BRAIN)
				.condition(Kind.DIVERGED, "primary"))
			.run();
	}

	@Test
	void aMirrorOfAnotherSystemIsNotUsed() throws Exception {
		try (EmbeddedPair foreign = PairOptions.PLAIN.start()) {
			Scenario.of(FaultGroup.ROLE, "mirror replaced by a standby of another system, then the primary killed")
				.on(PairOptions.SYNCHRONOUS)
				.prepare((context) -> NameService.map("mirror", context.mirror().port()))
				.withPair(
						(pair) -> List.of("failover.mirror.url=" + NameService.url(pair.mirror().jdbcUrl(), "mirror")))
				.fault((context) -> {
					NameService.map("mirror", foreign.mirror().port());
					context.mirror().link().reset();
				})
				.then((context) -> context.awaitCondition(Kind.UNVERIFIED, "mirror"))
				.then((context) -> assertThat(context.application().state().ready()).isFalse())
				.fault((context) -> context.primary().kill())
				.then((context) -> context.awaitMode(Mode.UNAVAILABLE))
				.then(ScenarioContext::outlastDetection)
				.then((context) -> assertThat(context.application().state().route().reads()).isEmpty())
				.then((context) -> context.primary().start())
				.then((context) -> context.awaitMode(Mode.NORMAL))
				.then(ScenarioContext::awaitRecovery)
				.expect(Expectation.changes(2, 2, Mode.NORMAL).ready(false).condition(Kind.UNVERIFIED, "mirror"))
				.run();
		}
	}

}
