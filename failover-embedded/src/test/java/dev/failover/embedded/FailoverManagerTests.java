package dev.failover.embedded;

import java.sql.SQLException;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static dev.failover.embedded.SharedPair.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link FailoverManager}.
 */
class FailoverManagerTests {

	private static final Duration PROMOTE_AFTER = Duration.ofMillis(500);

	@AutoClose
	private static EmbeddedPair pair;

	private static SharedPair shared;

	private static FailoverManager manager;

	private static EmbeddedNode primary;

	private static EmbeddedNode mirror;

	@BeforeAll
	static void start() {
		pair = EmbeddedPair.builder().promoteAfter(PROMOTE_AFTER).start();
		shared = new SharedPair(pair);
		manager = pair.manager().orElseThrow();
		primary = pair.primary();
		mirror = pair.mirror();
	}

	@AfterEach
	void restore() {
		manager.resume();
		shared.restore();
		assertThat(manager.leader()).isSameAs(primary);
	}

	@Test
	void aKilledPrimaryIsReplacedByTheMirrorAfterTheGivenTime() {
		long began = System.nanoTime();
		primary.kill();
		eventually(() -> assertThat(mirror.isWritable()).isTrue());
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(PROMOTE_AFTER);
		eventually(() -> assertThat(manager.leader()).isSameAs(mirror));
		assertThat(manager.promoteAfter()).isEqualTo(PROMOTE_AFTER);
	}

	@Test
	void aStoppedPrimaryIsReplacedTooAndComesBackAsAStandby() throws SQLException {
		primary.stop(StopMode.FAST);
		eventually(() -> assertThat(mirror.isWritable()).isTrue());
		shared.mirror().execute("CREATE TABLE IF NOT EXISTS after_failover ()");
		primary.start();
		assertThat(primary.isWritable()).isFalse();
		assertThat(shared.primary().ask("SELECT count(*) FROM after_failover")).isEqualTo("0");
		primary.start();
		assertThat(primary.isWritable()).isFalse();
	}

	@Test
	void aFrozenPrimaryIsReplacedAndNeverWakesUpAsAPrimary() {
		primary.freeze();
		eventually(() -> assertThat(mirror.isWritable()).isTrue());
		assertThat(primary.isFrozen()).isTrue();
		eventually(() -> assertThat(manager.leader()).isSameAs(mirror));
		primary.thaw();
		assertThat(primary.isRunning()).isFalse();
	}

	@Test
	void aShortFreezeAndARestartChangeNothing() {
		primary.freeze();
		primary.thaw();
		primary.restart();
		assertNoPromotion();
	}

	@Test
	void aCutLinkIsNotTheManagersConcern() {
		primary.link().cut();
		assertNoPromotion();
	}

	@Test
	void aLeaderThatComesBackInTimeLeadsOn() {
		manager.pause();
		primary.kill();
		assertNoPromotion();
		primary.start();
		manager.resume();
		assertThat(primary.isWritable()).isTrue();
		assertNoPromotion();
	}

	@Test
	void itWorksTheOtherWayRoundAsWell() {
		mirror.promote();
		assertThat(manager.leader()).isSameAs(mirror);
		assertThat(primary.isWritable()).isFalse();
		mirror.kill();
		eventually(() -> assertThat(primary.isWritable()).isTrue());
		mirror.start();
		assertThat(mirror.isWritable()).isFalse();
	}

	@Test
	void aMirrorThatWasLostFirstIsPromotedWhenItIsBack() {
		assertThat(manager.missesLeader()).isFalse();
		mirror.kill();
		primary.kill();
		eventually(() -> assertThat(manager.missesLeader()).isTrue());
		mirror.start();
		eventually(() -> assertThat(mirror.isWritable()).isTrue());
		eventually(() -> assertThat(manager.missesLeader()).isFalse());
	}

	@Test
	void anOperatorMaySplitThePair() {
		mirror.promoteAlone();
		assertThat(primary.isWritable()).isTrue();
		assertThat(mirror.isWritable()).isTrue();
		assertThat(manager.leader()).isSameAs(primary);
		assertStays(() -> assertThat(mirror.isWritable() && primary.isWritable()).isTrue());
	}

	@Test
	void withoutFencingAnOldPrimaryWakesUpWritable() {
		try (EmbeddedPair unfenced = EmbeddedPair.builder()
			.promoteAfter(Duration.ofMillis(200))
			.fencing(false)
			.start()) {
			unfenced.primary().freeze();
			eventually(() -> assertThat(unfenced.mirror().isWritable()).isTrue());
			unfenced.primary().thaw();
			assertStays(() -> assertThat(unfenced.primary().isWritable() && unfenced.mirror().isWritable()).isTrue());
		}
	}

	@Test
	void aNegativeTimeIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EmbeddedPair.builder().promoteAfter(Duration.ofMillis(-1)).start());
	}

	private static void assertNoPromotion() {
		assertStays(() -> assertThat(mirror.isWritable()).isFalse());
	}

	private static void assertStays(org.awaitility.core.ThrowingRunnable assertion) {
		Awaitility.await()
			.during(PROMOTE_AFTER.plusMillis(300))
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(50))
			.untilAsserted(assertion);
	}

}
