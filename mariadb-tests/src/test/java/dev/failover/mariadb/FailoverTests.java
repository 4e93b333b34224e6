package dev.failover.mariadb;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.Replication;
import dev.failover.RouteChange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests of an application on a real pair, with one of the drivers. Each has a pair of its
 * own; all are skipped where no server can run.
 */
abstract class FailoverTests {

	private static final Node MIRROR = new Node("mirror");

	private final String url;

	private Pair pair;

	/**
	 * Creates the tests.
	 * @param url URL with a place for the port
	 */
	FailoverTests(String url) {
		this.url = url;
	}

	/**
	 * Starts a pair, or returns empty if no server can run here.
	 */
	abstract Optional<Pair> newPair();

	/**
	 * Returns what the text of a server contains.
	 */
	abstract String product();

	/**
	 * Returns the words for a mirror with transactions of its own.
	 */
	abstract String divergence();

	/**
	 * Returns the privilege that reads the state of replication.
	 */
	abstract String grant();

	@BeforeEach
	void startPair() {
		var started = newPair();
		assumeTrue(started.isPresent(), "The server cannot run here");
		this.pair = started.get();
	}

	@AfterEach
	void endPair() {
		if (this.pair != null) {
			this.pair.close();
		}
	}

	/**
	 * Does something to the leader. Where replication is asynchronous, the mirror has all
	 * that was acknowledged then.
	 */
	private void whenNothingCanBeLost(Writers writers, Runnable action) {
		if (this.pair.isSynchronous()) {
			action.run();
		}
		else {
			writers.whilePaused(() -> {
				this.pair.awaitInStep();
				action.run();
			});
		}
	}

	private Application application(String... properties) {
		return Application.start(this.pair, this.url, properties);
	}

	@Test
	void startsNormalAndReady() {
		try (Application application = application()) {
			application.awaitReady();
			Tested.note(getClass(), application.jdbc());
			assertThat(application.state().route().mode()).isEqualTo(Mode.NORMAL);
			assertThat(application.node("primary").server()).contains(product());
			assertThat(application.node("mirror").replication()).satisfies((sample) -> {
				assertThat(sample.verified()).isTrue();
				assertThat(sample.behind()).isZero();
				assertThat(sample.lag()).isZero();
			});
			application.await("synchronous",
					() -> application.node("mirror").replication().synchronous() == this.pair.isSynchronous());
			assertThat(application.conditions()).isEmpty();
		}
	}

	@Test
	void whenThePrimaryIsKilledWritesFollowThePromotionAndNothingIsLost() {
		try (Application application = application()) {
			application.awaitReady();
			try (Writers writers = new Writers(application.jdbc(), 4)) {
				application.await("writes", () -> writers.count() > 50);
				whenNothingCanBeLost(writers, this.pair.primary()::kill);
				application.awaitMode(Mode.READ_ONLY);
				this.pair.mirror().promote();
				application.awaitMode(Mode.FAILED_OVER);
				int written = writers.count();
				application.await("further writes", () -> writers.count() > written + 50);
				this.pair.primary().rejoin(this.pair.mirror());
				application.awaitReady();
				assertThat(application.state().route().writes()).isEqualTo(MIRROR);
				this.pair.mirror().switchTo(this.pair.primary());
				application.awaitMode(Mode.NORMAL);
				application.awaitReady();
				int back = writers.count();
				application.await("writes on the primary", () -> writers.count() > back + 50);
				writers.stop();
				assertThat(writers.missing(this.pair.primary())).isEmpty();
			}
			assertThat(application.state().changes()).extracting(RouteChange::cause)
				.startsWith(Cause.STARTUP, Cause.NODE_LOST, Cause.ROLE_CHANGED);
		}
	}

	@Test
	void eachCanLeadAfterTheOtherIsKilled() {
		try (Application application = application()) {
			application.awaitReady();
			try (Writers writers = new Writers(application.jdbc(), 4)) {
				application.await("writes", () -> writers.count() > 50);
				failOver(application, writers, this.pair.primary(), this.pair.mirror(), Mode.FAILED_OVER);
				failOver(application, writers, this.pair.mirror(), this.pair.primary(), Mode.NORMAL);
				failOver(application, writers, this.pair.primary(), this.pair.mirror(), Mode.FAILED_OVER);
				writers.stop();
				assertThat(writers.missing(this.pair.mirror())).isEmpty();
			}
			assertThat(application.conditions()).isEmpty();
		}
	}

	private void failOver(Application application, Writers writers, DatabaseServer leader, DatabaseServer next,
			Mode mode) {
		whenNothingCanBeLost(writers, leader::kill);
		next.promote();
		application.awaitMode(mode);
		int written = writers.count();
		application.await("further writes", () -> writers.count() > written + 50);
		leader.rejoin(next);
		application.awaitReady();
	}

	@Test
	void whenThePrimaryIsFrozenNoThreadHangsAndItAcknowledgesNothingLater() {
		silenceThePrimary(this.pair.primary()::freeze, this.pair.primary()::thaw);
	}

	@Test
	void whenThePrimaryIsCutOffNoThreadHangsAndItAcknowledgesNothingLater() {
		try (Link link = new Link(this.pair.primary().port())) {
			silenceThePrimary(link::cut, link::heal, "spring.datasource.url=" + this.url.formatted(link.port()));
		}
	}

	private void silenceThePrimary(Runnable fault, Runnable remedy, String... properties) {
		try (Application application = application(properties)) {
			application.awaitReady();
			try (Writers writers = new Writers(application.jdbc(), 4)) {
				application.await("writes", () -> writers.count() > 50);
				fault.run();
				application.awaitMode(Mode.READ_ONLY);
				if (!this.pair.isSynchronous()) {
					writers.excuse();
				}
				this.pair.mirror().promote();
				application.awaitMode(Mode.FAILED_OVER);
				var before = writers.calls();
				application.await("a call of every thread", () -> writers.allHaveCalledSince(before));
				remedy.run();
				var later = writers.count();
				application.await("further writes", () -> writers.count() > later + 100);
				writers.stop();
				assertThat(writers.missing(this.pair.mirror())).isEmpty();
			}
			RouteChange lost = application.state()
				.changes()
				.stream()
				.filter((change) -> change.cause() == Cause.NODE_LOST)
				.findFirst()
				.orElseThrow();
			assertThat(lost.detection()).isLessThan(Duration.ofSeconds(10));
			assertThat(application.state().route().writes()).isEqualTo(MIRROR);
		}
	}

	@Test
	void whenThePrimaryIsShutDownWritesWaitForItsRestart() {
		try (Application application = application()) {
			application.awaitReady();
			try (Writers writers = new Writers(application.jdbc(), 4)) {
				application.await("writes", () -> writers.count() > 50);
				this.pair.primary().shutDown();
				application.awaitMode(Mode.READ_ONLY);
				assertThat(application.count()).isPositive();
				this.pair.primary().start();
				application.awaitMode(Mode.NORMAL);
				int written = writers.count();
				application.await("further writes", () -> writers.count() > written + 50);
				writers.stop();
				assertThat(writers.missing(this.pair.primary())).isEmpty();
			}
			application.awaitReady();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void afterTheLossOfBothTheyAreUsedAgainInAnyOrder(boolean primaryFirst) {
		try (Application application = application()) {
			application.awaitReady();
			try (Writers writers = new Writers(application.jdbc(), 4)) {
				application.await("writes", () -> writers.count() > 50);
				this.pair.mirror().kill();
				this.pair.primary().kill();
				application.awaitMode(Mode.UNAVAILABLE);
				if (primaryFirst) {
					this.pair.primary().start();
					application.awaitMode(Mode.NORMAL);
					this.pair.mirror().start("--read-only=1");
				}
				else {
					this.pair.mirror().start("--read-only=1");
					application.awaitMode(Mode.READ_ONLY);
					this.pair.primary().start();
					application.awaitMode(Mode.NORMAL);
				}
				int written = writers.count();
				application.await("further writes", () -> writers.count() > written + 50);
				writers.stop();
				assertThat(writers.missing(this.pair.primary())).isEmpty();
			}
			application.awaitReady();
			assertThat(application.conditions()).isEmpty();
		}
	}

	@Test
	void whenThePrimaryIsSetToReadOnlyWritesWaitUntilItIsWritableAgain() {
		try (Application application = application()) {
			application.awaitReady();
			try (Writers writers = new Writers(application.jdbc(), 4)) {
				application.await("writes", () -> writers.count() > 50);
				this.pair.primary().execute("set global read_only=1");
				application.awaitMode(Mode.READ_ONLY);
				assertThat(application.count()).isPositive();
				this.pair.primary().execute("set global read_only=0");
				application.awaitMode(Mode.NORMAL);
				int written = writers.count();
				application.await("further writes", () -> writers.count() > written + 50);
				writers.stop();
				assertThat(writers.missing(this.pair.primary())).isEmpty();
			}
		}
	}

	@Test
	void aSwitchoverByAnOperatorMovesTheWritesAndIsReadyAgain() {
		try (Application application = application()) {
			application.awaitReady();
			try (Writers writers = new Writers(application.jdbc(), 4)) {
				application.await("writes", () -> writers.count() > 50);
				this.pair.primary().switchTo(this.pair.mirror());
				application.awaitMode(Mode.FAILED_OVER);
				application.awaitReady();
				int written = writers.count();
				application.await("further writes", () -> writers.count() > written + 50);
				writers.stop();
				assertThat(writers.missing(this.pair.mirror())).isEmpty();
			}
			assertThat(application.conditions()).isEmpty();
		}
	}

	@Test
	void anOldPrimaryThatWroteOnHasDivergedAndGetsNoWrites() {
		try (Application application = application()) {
			application.awaitReady();
			this.pair.mirror().stopReplication();
			this.pair.primary().execute("insert into orders.entry (id) values (1000001)");
			this.pair.primary().kill();
			this.pair.mirror().promote();
			application.awaitMode(Mode.FAILED_OVER);
			application.jdbc().update("insert into entry (id) values (1000002)");
			this.pair.primary().start();
			application.awaitCondition("DIVERGED of node 'primary'");
			application.jdbc().update("insert into entry (id) values (1000003)");
			assertThat(application.state().route().writes()).isEqualTo(MIRROR);
			assertThat(this.pair.primary().query("select id from orders.entry", Long.class)).containsExactly(1000001L);
			this.pair.primary().execute("set global read_only=1");
			this.pair.primary().follow(this.pair.mirror(), true);
			application.awaitCondition("UNVERIFIED of node 'primary'");
			application.await("the reason",
					() -> application.node("primary").replication().problem().contains(divergence()));
			assertThat(application.state().ready()).isFalse();
		}
	}

	@Test
	void anApplicationThatStartsAfterAFailoverWritesToThePromotedServer() {
		this.pair.primary().execute("insert into orders.entry (id) values (1)");
		this.pair.awaitInStep();
		this.pair.primary().kill();
		this.pair.mirror().promote();
		try (Application application = application()) {
			application.awaitMode(Mode.FAILED_OVER);
			application.jdbc().update("insert into entry (id) values (2)");
		}
		this.pair.primary().start();
		try (Application application = application()) {
			application.awaitMode(Mode.FAILED_OVER);
			application.jdbc().update("insert into entry (id) values (3)");
		}
		assertThat(this.pair.mirror().query("select id from orders.entry", Long.class)).contains(2L, 3L);
		assertThat(this.pair.primary().query("select id from orders.entry", Long.class)).containsExactly(1L);
	}

	@Test
	void aMirrorThatIsBehindIsLaggingUntilItHasCaughtUp() {
		try (Application application = application("failover.replication.max-lag=1s")) {
			application.awaitReady();
			Lock lock = this.pair.mirror().lock("orders.entry");
			application.jdbc().update("insert into entry (id) values (1000001)");
			application.jdbc().update("insert into entry (id) values (1000002)");
			application.awaitCondition("LAGGING of node 'mirror'");
			application.await("a lag of more than a second", () -> {
				Duration lag = application.node("mirror").replication().lag();
				return lag != null && lag.compareTo(Duration.ofSeconds(1)) > 0;
			});
			Replication sample = application.node("mirror").replication();
			assertThat(sample.behind()).isEqualTo(2);
			assertThat(sample.verified()).isTrue();
			lock.close();
			application.awaitReady();
			assertThat(application.conditions()).isEmpty();
		}
	}

	/**
	 * A server that refuses a password lives.
	 */
	@Test
	void aChangedPasswordMovesNothingAndIsReportedUntilItIsCorrect() {
		try (Application application = application()) {
			application.awaitReady();
			this.pair.primary().changePassword("new");
			this.pair.mirror().changePassword("new");
			application.awaitCondition("IMPAIRED of node 'primary'");
			application.awaitCondition("IMPAIRED of node 'mirror'");
			assertThat(application.state().route().mode()).isEqualTo(Mode.NORMAL);
			this.pair.primary().changePassword("app");
			this.pair.mirror().changePassword("app");
			application.await("no condition", () -> application.conditions().isEmpty());
			application.awaitReady();
			application.jdbc().update("insert into entry (id) values (1)");
			assertThat(application.state().changes()).hasSize(1);
		}
	}

	@Test
	void withoutTheGrantTheMirrorIsUnverifiedAndTheGrantIsNamed() {
		for (DatabaseServer server : List.of(this.pair.primary(), this.pair.mirror())) {
			server.execute("set sql_log_bin=0", "revoke " + grant() + " on *.* from app@'127.0.0.1'");
		}
		try (Application application = application()) {
			application.awaitMode(Mode.NORMAL);
			application.awaitCondition("UNVERIFIED of node 'mirror'");
			assertThat(application.node("mirror").replication().problem()).contains("replica status");
			application.jdbc().update("insert into entry (id) values (1)");
		}
	}

}
