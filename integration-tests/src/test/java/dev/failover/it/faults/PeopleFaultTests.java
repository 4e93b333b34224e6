package dev.failover.it.faults;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * People make mistakes, and do what they should.
 */
class PeopleFaultTests {

	@Test
	void aWrongMirrorPasswordIsKnownFromTheStart() throws Exception {
		Scenario.of(Group.PEOPLE, "wrong password of the mirror from the start")
			.with("failover.mirror.password=wrong")
			.before((stage) -> {
			})
			.then((stage) -> stage.awaitCondition("IMPAIRED of node 'mirror'"))
			.then(Stage::awaitWhole)
			.then(Stage::remainUndetected)
			.expect(Expectation.noChange().failures(0).ready(false).conditions("IMPAIRED of node 'mirror'"))
			.run();
	}

	@Test
	void aMirrorPasswordThatWasRotatedIsKnownAtTheNextLogin() throws Exception {
		String name = LongRun.wanted() ? "password of the mirror rotated (known at the renewal of 30 s)"
				: "password of the mirror rotated, its connections closed once";
		Scenario.of(Group.PEOPLE, name)
			.prepare((stage) -> Stage.sql(stage.primary(), "drop role if exists reader",
					"create role reader login password 'old' in role app, pg_monitor"))
			.with("failover.mirror.username=reader", "failover.mirror.password=old")
			.fault((stage) -> {
				Stage.sql(stage.primary(), "alter role reader password 'new'");
				if (!LongRun.wanted()) {
					Stage.sql(stage.mirror(),
							"select pg_terminate_backend(pid) from pg_stat_activity where usename = 'reader'");
				}
			})
			.then((stage) -> stage.awaitCondition("IMPAIRED of node 'mirror'"))
			.then((stage) -> assertThat(stage.application().state().ready()).isFalse())
			.then((stage) -> Stage.sql(stage.primary(), "alter role reader password 'old'"))
			.then(Stage::awaitReady)
			.then(Stage::awaitWhole)
			.expect(Expectation.noChange().failures(0).ready(true).conditions("IMPAIRED of node 'mirror'"))
			.run();
	}

	@Test
	void connectionsThatAnAdministratorClosedAreReplaced() throws Exception {
		Scenario.of(Group.PEOPLE, "`pg_terminate_backend` on everything once")
			.fault((stage) -> Stage.sql(stage.primary(),
					"select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() "
							+ "and backend_type in ('client backend', 'walsender')"))
			.then(Stage::awaitWhole)
			.then(Stage::remainUndetected)
			.then(Stage::awaitReady)
			.expect(Expectation.noChange().longest(Duration.ofSeconds(4)).ready(true))
			.run();
	}

	@Test
	void aMirrorWhoseCertificateHasExpiredIsNotReady() throws Exception {
		Certificates certificates = Certificates.create();
		Scenario.of(Group.PEOPLE, "certificate of the mirror expires while connections are open, then all are closed")
			.on(PairOptions.SYNCHRONOUS)
			.onItsOwnPair()
			.prepare((stage) -> certificates.install(stage.mirror(), "valid"))
			.withPair((pair) -> java.util.List
				.of("failover.mirror.url=" + pair.mirror().jdbcUrl() + certificates.urlParameters()))
			.fault((stage) -> {
				certificates.install(stage.mirror(), "expired");
				Stage.sql(stage.mirror(),
						"select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app'");
			})
			.then((stage) -> stage.awaitCondition("IMPAIRED of node 'mirror'"))
			.then(Stage::remainUndetected)
			.then(Stage::awaitWhole)
			.expect(Expectation.noChange().failures(0).ready(false).conditions("IMPAIRED of node 'mirror'"))
			.run();
	}

}
