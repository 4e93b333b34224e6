package dev.failover.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import dev.failover.Mode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of an application with a node for each of three members of a Patroni cluster,
 * with and without its agents as witnesses. The leader of the moment is the primary.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PatroniTests {

	private static final Logger logger = LoggerFactory.getLogger(PatroniTests.class);

	private PatroniCluster cluster;

	private Member leader;

	private List<Member> standbys;

	@BeforeAll
	void startCluster() {
		this.cluster = PatroniCluster.start();
	}

	@AfterAll
	void endCluster() {
		if (this.cluster != null) {
			this.cluster.close();
		}
	}

	@BeforeEach
	void findLeader() {
		this.cluster.awaitHealthy();
		this.leader = this.cluster.leader();
		this.standbys = new ArrayList<>(this.cluster.members());
		this.standbys.remove(this.leader);
		this.cluster.setSynchronous(true);
	}

	@AfterEach
	void bringBack() {
		this.cluster.restore();
	}

	private Application application(boolean witnesses) {
		List<String> properties = new ArrayList<>(List.of("spring.datasource.url=" + this.leader.url()));
		for (Member member : this.standbys) {
			properties.add("failover.mirrors." + member.name() + ".url=" + member.url());
		}
		if (witnesses) {
			properties.add("failover.primary.witness-url=" + this.leader.witnessUrl());
			for (Member member : this.standbys) {
				properties.add("failover.mirrors." + member.name() + ".witness-url=" + member.witnessUrl());
			}
		}
		Application application = Application.start(properties);
		application.awaitReady();
		return application;
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aSwitchoverMovesTheWritesThereAndBackAndLosesNothing(boolean witnesses) {
		try (Application application = application(witnesses); Writers writers = Writers.start(application)) {
			Member next = this.cluster.synchronousStandby();
			this.cluster.switchOver(next);
			long promoted = next.awaitPromotion();
			application.awaitWrites(next.name());
			writers.awaitSuccesses();
			report("switchover", writers, promoted);
			application.awaitReady();
			this.cluster.awaitHealthy();
			this.cluster.setSynchronous(false);
			this.cluster.switchOver(this.leader);
			application.awaitMode(Mode.NORMAL);
			writers.awaitSuccesses();
			application.awaitReady();
			writers.stop();
			assertThat(lost(writers, this.leader)).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenTheLeadersServerIsKilledItsAgentRestartsItAndNothingIsLost(boolean witnesses) {
		try (Application application = application(witnesses); Writers writers = Writers.start(application)) {
			this.leader.killServer();
			application.await("loss", () -> application.state().route().epoch() > 1);
			this.cluster.awaitHealthy();
			application.awaitReady();
			writers.awaitSuccesses();
			writers.stop();
			logger.info("server killed: no write for {} ms", writers.longestGap().toMillis());
			assertThat(lost(writers, this.cluster.leader())).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenTheLeadersHostIsKilledWritesFollowThePromotionAndNothingIsLost(boolean witnesses) {
		assertThatNothingIsLostAfter("host killed", Member::kill, witnesses);
	}

	/**
	 * The server thaws without its agent. An agent of Patroni 3.0.2 that thaws may take
	 * the lead back, for it renews its lock in etcd without a look at the owner, and what
	 * the promoted member has acknowledged is lost.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whenTheLeadersHostIsFrozenWritesFollowThePromotionAndStayThere(boolean witnesses) {
		try (Application application = application(witnesses); Writers writers = Writers.start(application)) {
			Member next = this.cluster.synchronousStandby();
			this.leader.freeze();
			application.awaitMode(Mode.READ_ONLY);
			long promoted = next.awaitPromotion();
			application.awaitWrites(next.name());
			writers.awaitSuccesses();
			report("host frozen", writers, promoted);
			this.leader.killAgent();
			this.leader.thaw();
			application.await("a thawed server", () -> application.node("primary").isUp());
			writers.awaitSuccesses();
			this.cluster.start(this.leader);
			this.cluster.awaitHealthy();
			application.awaitReady();
			writers.awaitSuccesses();
			writers.stop();
			assertThat(application.state().route().writes()).hasToString(next.name());
			assertThat(lost(writers, next)).isEmpty();
		}
	}

	/**
	 * The server of the deposed member accepts writes until its agent is started again,
	 * and loses them then.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aMemberThatIsDeposedBecauseItsAgentDiedGetsNoWritesOnceThereIsProof(boolean witnesses) {
		this.cluster.setSynchronous(false);
		try (Application application = application(witnesses); Writers writers = Writers.start(application)) {
			this.leader.killAgent();
			long proof = witnesses ? awaitWitness() : awaitFollower();
			application.await("writes elsewhere", () -> isMirror(application.state().route().writes()));
			long moved = System.nanoTime();
			assertThat(Duration.ofNanos(moved - proof))
				.isLessThan(application.state().detectionBudget().multipliedBy(5));
			writers.awaitSuccesses();
			report("agent killed, witnesses " + witnesses, writers, proof);
			Member next = this.cluster.leader();
			assertThat(application.state().route().writes()).hasToString(next.name());
			assertThat(this.leader.query("select pg_is_in_recovery()", Boolean.class)).containsExactly(false);
			this.cluster.start(this.leader);
			this.cluster.awaitHealthy();
			application.awaitReady();
			writers.awaitSuccesses();
			writers.stop();
			assertThat(application.state().route().writes()).hasToString(next.name());
			assertThat(writers.lostSince(moved, stored(next))).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aMemberThatIsDeposedInSynchronousModeAcknowledgesNothingThatIsLost(boolean witnesses) {
		assertThatNothingIsLostAfter("agent killed in synchronous mode", Member::killAgent, witnesses);
	}

	private void assertThatNothingIsLostAfter(String fault, Consumer<Member> strike, boolean witnesses) {
		try (Application application = application(witnesses); Writers writers = Writers.start(application)) {
			Member next = this.cluster.synchronousStandby();
			strike.accept(this.leader);
			long promoted = next.awaitPromotion();
			application.awaitWrites(next.name());
			writers.awaitSuccesses();
			report(fault, writers, promoted);
			this.cluster.start(this.leader);
			this.cluster.awaitHealthy();
			application.awaitReady();
			writers.stop();
			assertThat(lost(writers, next)).isEmpty();
		}
	}

	private boolean isMirror(Object node) {
		return this.standbys.stream().anyMatch((member) -> member.name().equals(String.valueOf(node)));
	}

	/**
	 * Waits until the agent of another member says that it leads.
	 */
	private long awaitWitness() {
		return Member.awaitMoment("an agent that says that its member leads",
				() -> this.standbys.stream().anyMatch((member) -> member.status("/primary").equals(Optional.of(200))));
	}

	/**
	 * Waits until one of the standbys receives the log of another one.
	 */
	private long awaitFollower() {
		Integer old = timeline(this.leader, "timeline_id from pg_control_checkpoint()");
		return Member.awaitMoment("a standby that follows another member", () -> {
			for (Member member : this.standbys) {
				Integer received = timeline(member, "received_tli from pg_stat_wal_receiver");
				if (received != null && received > old) {
					return true;
				}
			}
			return false;
		});
	}

	private static Integer timeline(Member member, String expression) {
		return member.query("select " + expression, Integer.class).stream().findFirst().orElse(null);
	}

	private static void report(String fault, Writers writers, long sign) {
		logger.info("{}: written {} ms after the sign; no write for {} ms", fault,
				writers.firstSuccessAfter(sign).toMillis(), writers.longestGap().toMillis());
	}

	private static List<Long> lost(Writers writers, Member survivor) {
		return writers.lost(stored(survivor));
	}

	private static Set<Long> stored(Member member) {
		return new HashSet<>(member.query("select id from entry", Long.class));
	}

}
