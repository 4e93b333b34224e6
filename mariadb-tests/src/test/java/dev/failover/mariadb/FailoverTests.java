package dev.failover.mariadb;

import java.time.Duration;

import dev.failover.Cause;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.Replication;
import dev.failover.RouteChange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests of an application on a real pair of MariaDB, with one of the drivers. Each has a
 * pair of its own; all are skipped where no server can run.
 */
abstract class FailoverTests {

	private static final Node MIRROR = new Node("mirror");

	private final String url;

	private MariaDbPair pair;

	/**
	 * Creates the tests.
	 * @param url URL with a place for the port
	 */
	FailoverTests(String url) {
		this.url = url;
	}

	@BeforeEach
	void startPair() {
		var started = MariaDbPair.start();
		assumeTrue(started.isPresent(), "MariaDB cannot run here");
		this.pair = started.get();
	}

	@AfterEach
	void endPair() {
		if (this.pair != null) {
			this.pair.close();
		}
	}

	private Application application(String... properties) {
		return Application.start(this.pair, this.url, properties);
	}

	@Test
	void startsNormalAndReady() {
		try (Application application = application()) {
			application.awaitReady();
			assertThat(application.state().route().mode()).isEqualTo(Mode.NORMAL);
			assertThat(application.node("primary").server()).contains("MariaDB");
			assertThat(application.node("mirror").replication()).satisfies((sample) -> {
				assertThat(sample.verified()).isTrue();
				assertThat(sample.behind()).isZero();
				assertThat(sample.lag()).isZero();
			});
			application.await("synchronous", () -> application.node("mirror").replication().synchronous());
			assertThat(application.conditions()).isEmpty();
		}
	}

	@Test
	void whenThePrimaryIsKilledWritesFollowThePromotionAndNothingIsLost() {
		try (Application application = application()) {
			application.awaitReady();
			try (Writers writers = new Writers(application.jdbc(), 4)) {
				application.await("writes", () -> writers.count() > 50);
				this.pair.primary().kill();
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
	void whenThePrimaryIsFrozenNoThreadHangsAndItAcknowledgesNothingLater() {
		try (Application application = application()) {
			application.awaitReady();
			try (Writers writers = new Writers(application.jdbc(), 4)) {
				application.await("writes", () -> writers.count() > 50);
				this.pair.primary().freeze();
				application.awaitMode(Mode.READ_ONLY);
				this.pair.mirror().promote();
				application.awaitMode(Mode.FAILED_OVER);
				var before = writers.calls();
				application.await("a call of every thread", () -> writers.allHaveCalledSince(before));
				this.pair.primary().thaw();
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
	void whenThePrimaryIsSetToReadOnlyWritesWaitUntilItIsWritableAgain() {
		try (Application application = application()) {
			application.awaitReady();
			try (Writers writers = new Writers(application.jdbc(), 4)) {
				application.await("writes", () -> writers.count() > 50);
				this.pair.primary().execute("set global read_only=1");
				application.awaitMode(Mode.READ_ONLY);
				assertThat(application.jdbc().queryForObject("select count(*) from entry", Long.class)).isPositive();
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
			this.pair.mirror().execute("stop replica");
			this.pair.primary().execute("insert into orders.entry (id) values (1000001)");
			this.pair.primary().kill();
			this.pair.mirror().execute("set global read_only=0", "reset replica all");
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
			assertThat(application.state().ready()).isFalse();
		}
	}

	@Test
	void anApplicationThatStartsAfterAFailoverWritesToThePromotedServer() {
		this.pair.primary().execute("insert into orders.entry (id) values (1)");
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

	@Test
	void withoutTheGrantTheMirrorIsUnverifiedAndTheGrantIsNamed() {
		for (MariaDbServer server : new MariaDbServer[] { this.pair.primary(), this.pair.mirror() }) {
			server.execute("set sql_log_bin=0", "revoke slave monitor on *.* from app@'127.0.0.1'");
		}
		try (Application application = application()) {
			application.awaitMode(Mode.NORMAL);
			application.awaitCondition("UNVERIFIED of node 'mirror'");
			assertThat(application.node("mirror").replication().problem()).contains("replica status");
			application.jdbc().update("insert into entry (id) values (1)");
		}
	}

}
