package dev.failover.it.faults;

import java.time.Duration;
import java.util.List;

import dev.failover.Condition.Kind;
import dev.failover.it.ServerSql;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of wrong passwords, closed connections and expired certificates.
 */
class PeopleFaultTests {

	@Test
	void aWrongPasswordForTheMirrorIsReportedFromTheStart() throws Exception {
		Scenario.of(FaultGroup.PEOPLE, "wrong password of the mirror from the start")
			.with("failover.mirror.password=wrong")
			.faultBeforeStart((context) -> {
			})
			.then((context) -> context.awaitCondition(Kind.IMPAIRED, "mirror"))
			.then(ScenarioContext::awaitRecovery)
			.then(ScenarioContext::outlastDetection)
			.expect(Expectation.noChange().failures(0).ready(false).condition(Kind.IMPAIRED, "mirror"))
			.run();
	}

	@Test
	void aRotatedPasswordForTheMirrorIsReportedAtTheNextLogin() throws Exception {
		String name = FaultDurations.areLong()
				? "password of the mirror rotated (reported at the next renewal, after 30 s)"
				: "password of the mirror rotated, its connections closed once";
		Scenario.of(FaultGroup.PEOPLE, name)
			.prepare((context) -> ServerSql.execute(context.primary(), "drop role if exists reader",
					"create role reader login password 'old' in role app, pg_monitor"))
			.with("failover.mirror.username=reader", "failover.mirror.password=old")
			.fault((context) -> {
				ServerSql.execute(context.primary(), "alter role reader password 'new'");
				if (!FaultDurations.areLong()) {
					ServerSql.terminateSessions(context.mirror(), "usename = 'reader'");
				}
			})
			.then((context) -> context.awaitCondition(Kind.IMPAIRED, "mirror"))
			.then((context) -> assertThat(context.application().state().ready()).isFalse())
			.then((context) -> ServerSql.execute(context.primary(), "alter role reader password 'old'"))
			.then(ScenarioContext::awaitReady)
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.noChange().failures(0).ready(true).condition(Kind.IMPAIRED, "mirror"))
			.run();
	}

	@Test
	void connectionsThatAnAdministratorClosedAreReplaced() throws Exception {
		Scenario.of(FaultGroup.PEOPLE, "`pg_terminate_backend` on everything once")
			.fault((context) -> ServerSql.terminateSessions(context.primary(),
					"pid <> pg_backend_pid() " + "and backend_type in ('client backend', 'walsender')"))
			.then(ScenarioContext::awaitRecovery)
			.then(ScenarioContext::outlastDetection)
			.then(ScenarioContext::awaitReady)
			.expect(Expectation.noChange().longest(Duration.ofSeconds(4)).ready(true))
			.run();
	}

	@Test
	void aMirrorWhoseCertificateHasExpiredIsNotReady() throws Exception {
		Certificates certificates = Certificates.create();
		Scenario
			.of(FaultGroup.PEOPLE, "certificate of the mirror expires while connections are open, then all are closed")
			.on(PairOptions.SYNCHRONOUS)
			.onItsOwnPair()
			.prepare((context) -> certificates.install(context.mirror(), "valid"))
			.withPair(
					(pair) -> List.of("failover.mirror.url=" + pair.mirror().jdbcUrl() + certificates.urlParameters()))
			.fault((context) -> {
				certificates.install(context.mirror(), "expired");
				ServerSql.terminateSessions(context.mirror(), "usename = 'app'");
			})
			.then((context) -> context.awaitCondition(Kind.IMPAIRED, "mirror"))
			.then(ScenarioContext::outlastDetection)
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.noChange().failures(0).ready(false).condition(Kind.IMPAIRED, "mirror"))
			.run();
	}

}
