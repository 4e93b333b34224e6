package dev.failover.cluster;

import java.util.HashSet;
import java.util.List;

import dev.failover.Mode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of an application whose two nodes are the ports of HAProxy before a Patroni
 * cluster, so that each follows a role.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HaProxyTests {

	private static final Logger logger = LoggerFactory.getLogger(HaProxyTests.class);

	private PatroniCluster cluster;

	private HaProxy proxy;

	private Member leader;

	@BeforeAll
	void startCluster() {
		Programs.assumeInstalled("haproxy");
		this.cluster = PatroniCluster.start();
		this.proxy = HaProxy.start(this.cluster);
	}

	@AfterAll
	void endCluster() {
		if (this.proxy != null) {
			this.proxy.close();
		}
		if (this.cluster != null) {
			this.cluster.close();
		}
	}

	@BeforeEach
	void findLeader() {
		this.cluster.awaitHealthy();
		this.cluster.setSynchronous(true);
		this.leader = this.cluster.leader();
	}

	@AfterEach
	void bringBack() {
		this.cluster.restore();
	}

	private Application application() {
		Application application = Application.start(List.of("spring.datasource.url=" + this.proxy.leaderUrl(),
				"failover.mirror.url=" + this.proxy.standbyUrl()));
		application.awaitReady();
		return application;
	}

	@Test
	void afterASwitchoverWritesAreOnThePrimaryAgainAndNothingIsLost() {
		try (Application application = application(); Writers writers = Writers.start(application)) {
			Member next = this.cluster.synchronousStandby();
			this.cluster.switchOver(next);
			checkMoved(application, writers, "switchover", next);
		}
	}

	@Test
	void afterTheLossOfTheLeadersHostWritesAreOnThePrimaryAgainAndNothingIsLost() {
		try (Application application = application(); Writers writers = Writers.start(application)) {
			Member next = this.cluster.synchronousStandby();
			this.leader.kill();
			checkMoved(application, writers, "host killed", next);
			this.cluster.start(this.leader);
			this.cluster.awaitHealthy();
			application.awaitReady();
		}
	}

	@Test
	void afterAFreezeOfTheLeadersHostWritesAreOnThePrimaryAgainAndNothingIsLost() {
		try (Application application = application(); Writers writers = Writers.start(application)) {
			Member next = this.cluster.synchronousStandby();
			this.leader.freeze();
			checkMoved(application, writers, "host frozen", next);
			this.leader.killAgent();
			this.leader.thaw();
			this.cluster.start(this.leader);
			this.cluster.awaitHealthy();
			application.awaitReady();
		}
	}

	private static void checkMoved(Application application, Writers writers, String fault, Member next) {
		long promoted = next.awaitPromotion();
		application.awaitMode(Mode.NORMAL);
		writers.awaitSuccesses();
		application.awaitReady();
		assertThat(application.state().route().writes()).hasToString("primary");
		writers.stop();
		logger.info("{}: written {} ms after the promotion; no write for {} ms", fault,
				writers.firstSuccessAfter(promoted).toMillis(), writers.longestGap().toMillis());
		assertThat(writers.lost(new HashSet<>(next.query("select id from entry", Long.class)))).isEmpty();
	}

}
