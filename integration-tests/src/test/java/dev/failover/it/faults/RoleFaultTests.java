package dev.failover.it.faults;

import java.util.List;

import dev.failover.Mode;
import dev.failover.embedded.EmbeddedPair;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nodes change their roles, rightly and wrongly.
 */
class RoleFaultTests {

	@Test
	void whenThePrimaryIsMadeReadOnlyReadsGoOnAndWritesComeBackWithIt() throws Exception {
		Scenario.of(Group.ROLE, "primary made read-only under live connections, and writable again")
			.fault((stage) -> Stage.sql(stage.primary(), "alter system set default_transaction_read_only = on",
					"select pg_reload_conf()"))
			.then((stage) -> stage.awaitMode(Mode.READ_ONLY))
			.then(Stage::awaitReadsWhole)
			.then((stage) -> Stage.sql(stage.primary(), "alter system reset default_transaction_read_only",
					"select pg_reload_conf()"))
			.then((stage) -> stage.awaitMode(Mode.NORMAL))
			.then(Stage::awaitWhole)
			.expect(Expectation.changes(2, 2, Mode.NORMAL))
			.run();
	}

	@Test
	void whenTheDatabaseSwitchesOverWritesFollow() throws Exception {
		Scenario.of(Group.ROLE, "roles switched by the database's own manager (primary restarts as a standby)")
			.fault((stage) -> stage.mirror().promote())
			.then((stage) -> stage.awaitMode(Mode.FAILED_OVER))
			.then(Stage::awaitWhole)
			.then(Stage::awaitReady)
			.expect(Expectation.changes(1, 3, Mode.FAILED_OVER).ready(true))
			.run();
	}

	@Test
	void aPromotedMirrorThatFallsBackIsLeftAgain() throws Exception {
		Scenario.of(Group.ROLE, "primary killed, mirror promoted, and both back in their first roles")
			.fault((stage) -> stage.primary().kill())
			.then((stage) -> stage.awaitMode(Mode.FAILED_OVER))
			.then((stage) -> stage.primary().rejoin())
			.then(Stage::awaitReady)
			.fault((stage) -> stage.primary().promote())
			.then((stage) -> stage.awaitMode(Mode.NORMAL))
			.then(Stage::awaitWhole)
			.then(Stage::awaitReady)
			.expect(Expectation.changes(3, 5, Mode.NORMAL).ready(true))
			.run();
	}

	@Test
	void aMirrorPromotedBesideALivingPrimaryTakesNoWrites() throws Exception {
		Scenario.of(Group.ROLE, "mirror promoted while the primary is writable")
			.on(PairOptions.SYNCHRONOUS)
			.fault((stage) -> stage.mirror().promoteAlone())
			.then((stage) -> stage.awaitCondition("SPLIT_BRAIN"))
			.then(Stage::remainUndetected)
			.then(Stage::awaitWhole)
			.expect(Expectation.noChange().ready(false).conditions("SPLIT_BRAIN"))
			.run();
	}

	@Test
	void aPrimaryThatReturnsWithADivergedTimelineIsRefused() throws Exception {
		Scenario.of(Group.ROLE, "primary returns writable with a diverged timeline, and is rebuilt")
			.on(PairOptions.SYNCHRONOUS)
			.fault((stage) -> stage.primary().kill())
			.then((stage) -> stage.mirror().promoteAlone())
			.then((stage) -> stage.awaitMode(Mode.FAILED_OVER))
			.then(Stage::awaitWhole)
			.then((stage) -> stage.primary().start())
			.then((stage) -> stage.awaitCondition("DIVERGED of node 'primary'"))
			.then((stage) -> assertThat(stage.application().state().ready()).isFalse())
			.then(Stage::remainUndetected)
			.then((stage) -> stage.primary().rejoin())
			.then(Stage::awaitReady)
			.then(Stage::awaitWhole)
			.expect(Expectation.changes(1, 2, Mode.FAILED_OVER)
				.ready(true)
				.conditions("SPLIT_BRAIN", "DIVERGED of node 'primary'"))
			.run();
	}

	@Test
	void aMirrorThatIsNoCopyOfThePrimaryIsNeverUsed() throws Exception {
		try (EmbeddedPair foreign = PairOptions.PLAIN.start()) {
			Scenario.of(Group.ROLE, "mirror replaced by a standby of another system, then the primary killed")
				.on(PairOptions.SYNCHRONOUS)
				.prepare((stage) -> NameService.point("mirror", stage.mirror().port()))
				.withPair(
						(pair) -> List.of("failover.mirror.url=" + NameService.url(pair.mirror().jdbcUrl(), "mirror")))
				.fault((stage) -> {
					NameService.point("mirror", foreign.mirror().port());
					stage.mirror().link().reset();
				})
				.then((stage) -> stage.awaitCondition("UNVERIFIED of node 'mirror'"))
				.then((stage) -> assertThat(stage.application().state().ready()).isFalse())
				.fault((stage) -> stage.primary().kill())
				.then((stage) -> stage.awaitMode(Mode.UNAVAILABLE))
				.then(Stage::remainUndetected)
				.then((stage) -> assertThat(stage.application().state().route().reads()).isNull())
				.then((stage) -> stage.primary().start())
				.then((stage) -> stage.awaitMode(Mode.NORMAL))
				.then(Stage::awaitWhole)
				.expect(Expectation.changes(2, 2, Mode.NORMAL).ready(false).conditions("UNVERIFIED of node 'mirror'"))
				.run();
		}
	}

}
