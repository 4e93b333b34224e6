package dev.failover.cluster;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.failover.Mode;
import dev.failover.embedded.EmbeddedNode;
import dev.failover.embedded.EmbeddedPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of an application on a pair with a pooler before each server. Each has a pair of
 * its own, in which commits wait for the mirror.
 */
abstract class PgBouncerTests {

	private static final Logger logger = LoggerFactory.getLogger(PgBouncerTests.class);

	private final String mode;

	private EmbeddedPair pair;

	private PgBouncer first;

	private PgBouncer second;

	/**
	 * Creates the tests.
	 * @param mode mode of the poolers
	 */
	PgBouncerTests(String mode) {
		this.mode = mode;
	}

	@BeforeEach
	void startPair() {
		Programs.assumeInstalled("pgbouncer");
		this.pair = EmbeddedPair.builder().database("orders").username("app").password("app").synchronous(true).start();
		this.first = PgBouncer.start(this.mode, this.pair.primary().port());
		this.second = PgBouncer.start(this.mode, this.pair.mirror().port());
	}

	@AfterEach
	void endPair() {
		if (this.pair != null) {
			this.first.close();
			this.second.close();
			this.pair.close();
		}
	}

	Application application() {
		Application application = Application.start(List.of("spring.datasource.url=" + this.first.url(),
				"failover.mirror.url=" + this.second.url(), "spring.datasource.hikari.minimum-idle=5"));
		application.awaitReady();
		return application;
	}

	@Test
	void whenTheServerIsKilledWritesFollowThePromotionAndNothingIsLost() {
		try (Application application = application(); Writers writers = Writers.start(application)) {
			this.pair.primary().kill();
			application.awaitMode(Mode.READ_ONLY);
			this.pair.mirror().promote();
			long promoted = System.nanoTime();
			application.awaitMode(Mode.FAILED_OVER);
			writers.awaitSuccesses();
			report("server killed", writers, promoted);
			this.pair.primary().rejoin();
			application.awaitReady();
			writers.stop();
			assertThat(writers.lost(stored(this.pair.mirror()))).isEmpty();
		}
	}

	@Test
	void whenTheServerIsFrozenWritesFollowThePromotionAndStayThere() {
		try (Application application = application(); Writers writers = Writers.start(application)) {
			this.pair.primary().freeze();
			application.awaitMode(Mode.READ_ONLY);
			this.pair.mirror().promoteAlone();
			long promoted = System.nanoTime();
			application.awaitMode(Mode.FAILED_OVER);
			writers.awaitSuccesses();
			report("server frozen", writers, promoted);
			this.pair.primary().thaw();
			application.await("thawed", () -> application.node("primary").isUp());
			writers.awaitSuccesses();
			writers.stop();
			assertThat(application.state().route().mode()).isEqualTo(Mode.FAILED_OVER);
			assertThat(writers.lost(stored(this.pair.mirror()))).isEmpty();
		}
	}

	@Test
	void whenTheServerIsKilledAndStartedAgainWritesReturn() {
		assertThatWritesReturnAfter("server restarted", this.pair.primary()::kill, this.pair.primary()::start);
	}

	@Test
	void whenThePoolerIsKilledAndStartedAgainWritesReturn() {
		assertThatWritesReturnAfter("pooler restarted", this.first::kill, this.first::start);
	}

	void assertThatWritesReturnAfter(String fault, Runnable strike, Runnable mend) {
		try (Application application = application(); Writers writers = Writers.start(application)) {
			strike.run();
			application.awaitMode(Mode.READ_ONLY);
			mend.run();
			long mended = System.nanoTime();
			application.awaitMode(Mode.NORMAL);
			writers.awaitSuccesses();
			report(fault, writers, mended);
			application.awaitReady();
			writers.stop();
			assertThat(lostOnPrimary(writers)).isEmpty();
		}
	}

	@Test
	void writesFollowAPoolerThatLeadsToAnotherServerAfterAReload() {
		try (Application application = application(); Writers writers = Writers.start(application)) {
			this.pair.mirror().promote();
			this.first.pointTo(this.pair.mirror().port());
			this.second.pointTo(this.pair.primary().port());
			long reloaded = System.nanoTime();
			application.awaitMode(Mode.NORMAL);
			writers.awaitSuccesses();
			application.awaitReady();
			report("reload", writers, reloaded);
			writers.stop();
			assertThat(application.state().route().mode()).isEqualTo(Mode.NORMAL);
			assertThat(writers.lost(stored(this.pair.mirror()))).isEmpty();
		}
	}

	@Test
	void sessionsThatAreTerminatedAreNotTakenForALostServer() {
		try (Application application = application(); Writers writers = Writers.start(application)) {
			for (int round = 0; round < 3; round++) {
				terminateSessions();
				Instant terminated = Instant.now();
				application.await("an answer", () -> application.node("primary").lastAnswered().isAfter(terminated));
				writers.awaitSuccesses();
			}
			application.awaitReady();
			logger.info("sessions terminated: {}", writers.failures());
			assertThat(application.state().changes()).hasSize(1);
		}
	}

	void report(String fault, Writers writers, long sign) {
		logger.info("{} mode, {}: written {} ms after the sign; no write for {} ms; failures {}", this.mode, fault,
				writers.firstSuccessAfter(sign).toMillis(), writers.longestGap().toMillis(), writers.failures());
	}

	/**
	 * Ends all sessions of the application on the primary.
	 */
	void terminateSessions() {
		query(this.pair.primary(), "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app'",
				Boolean.class);
	}

	/**
	 * Returns the pooler before the primary.
	 */
	PgBouncer pooler() {
		return this.first;
	}

	/**
	 * Returns the acknowledged rows that the primary does not have.
	 */
	List<Long> lostOnPrimary(Writers writers) {
		return writers.lost(stored(this.pair.primary()));
	}

	private static Set<Long> stored(EmbeddedNode node) {
		return new HashSet<>(query(node, "select id from entry", Long.class));
	}

	private static <T> List<T> query(EmbeddedNode node, String sql, Class<T> type) {
		try (Connection connection = node.connect()) {
			return new JdbcTemplate(new SingleConnectionDataSource(connection, true)).queryForList(sql, type);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
