package dev.failover.embedded;

import java.sql.SQLException;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static dev.failover.embedded.TimedAssertions.eventually;
import static dev.failover.embedded.TimedAssertions.throughout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link FailoverManager}.
 */
class FailoverManagerTests {

	private static final Duration PROMOTE_AFTER = Duration.ofMillis(500);

	private static final Duration OBSERVATION = PROMOTE_AFTER.plusMillis(300);

	@AutoClose
	private static final SharedPair shared = new SharedPair(EmbeddedPair.builder().promoteAfter(PROMOTE_AFTER).start());

	private static final FailoverManager manager = shared.pair().manager().orElseThrow();

	private static final EmbeddedNode primary = shared.pair().primary();

	private static final EmbeddedNode mirror = shared.pair().mirror();

	@AfterEach
	void restore() {
		manager.resume();
		shared.restore();
		assertThat(manager.leader()).isSameAs(primary);
	}

	@Test
	void theMirrorIsPromotedWhenThePrimaryWasKilledForTheConfiguredTime() {
		long began = System.nanoTime();
		primary.kill();
		eventually(() -> assertThat(mirror.isWritable()).isTrue());
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(PROMOTE_AFTER);
		eventually(() -> assertThat(manager.leader()).isSameAs(mirror));
		assertThat(manager.promoteAfter()).isEqualTo(PROMOTE_AFTER);
	}

	@Test
	void aStoppedPrimaryIsReplacedAndComesBackAsAStandby() throws SQLException {
		primary.stop(StopMode.FAST);
		eventually(() -> assertThat(mirror.isWritable()).isTrue());
		shared.mirror().execute("CREATE TABLE IF NOT EXISTS after_failover ()");
		primary.start();
		assertThat(primary.isWritable()).isFalse();
		assertThat(shared.primary().query("SELECT count(*) FROM after_failover")).isEqualTo("0");
		primary.start();
		assertThat(primary.isWritable()).isFalse();
	}

	@Test
	void aFrozenPrimaryIsReplacedAndKilledWhenItWouldThaw() {
		primary.freeze();
		eventually(() -> assertThat(mirror.isWritable()).isTrue());
		assertThat(primary.isFrozen()).isTrue();
		eventually(() -> assertThat(manager.leader()).isSameAs(mirror));
		primary.thaw();
		assertThat(primary.isRunning()).isFalse();
	}

	@Test
	void aShortFreezeAndARestartCauseNoPromotion() {
		primary.freeze();
		primary.thaw();
		primary.restart();
		assertNoPromotion();
	}

	@Test
	void aCutLinkCausesNoPromotion() {
		primary.link().cut();
		assertNoPromotion();
	}

	@Test
	void aPausedManagerPromotesNothingAndTheLeaderCanComeBack() {
		manager.pause();
		primary.kill();
		assertNoPromotion();
		primary.start();
		manager.resume();
		assertThat(primary.isWritable()).isTrue();
		assertNoPromotion();
	}

	@Test
	void thePrimaryIsPromotedWhenTheMirrorWasTheLeader() {
		mirror.promote();
		assertThat(manager.leader()).isSameAs(mirror);
		assertThat(primary.isWritable()).isFalse();
		mirror.kill();
		eventually(() -> assertThat(primary.isWritable()).isTrue());
		mirror.start();
		assertThat(mirror.isWritable()).isFalse();
	}

	@Test
	void aMirrorThatWasLostBeforeThePrimaryIsPromotedWhenItIsBack() {
		assertThat(manager.missesLeader()).isFalse();
		mirror.kill();
		primary.kill();
		eventually(() -> assertThat(manager.missesLeader()).isTrue());
		mirror.start();
		eventually(() -> assertThat(mirror.isWritable()).isTrue());
		eventually(() -> assertThat(manager.missesLeader()).isFalse());
	}

	@Test
	void promoteAloneCausesASplitBrainThatTheManagerLeavesAlone() {
		mirror.promoteAlone();
		assertThat(primary.isWritable()).isTrue();
		assertThat(mirror.isWritable()).isTrue();
		assertThat(manager.leader()).isSameAs(primary);
		throughout(OBSERVATION, () -> assertThat(mirror.isWritable() && primary.isWritable()).isTrue());
	}

	@Tag("long")
	@Test
	void withoutFencingADeposedPrimaryThawsWritable() {
		try (EmbeddedPair unfenced = EmbeddedPair.builder()
			.promoteAfter(Duration.ofMillis(200))
			.fencing(false)
			.start()) {
			unfenced.primary().freeze();
			eventually(() -> assertThat(unfenced.mirror().isWritable()).isTrue());
			unfenced.primary().thaw();
			throughout(OBSERVATION,
					() -> assertThat(unfenced.primary().isWritable() && unfenced.mirror().isWritable()).isTrue());
		}
	}

	@Test
	void aNegativeTimeIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> EmbeddedPair.builder().promoteAfter(Duration.ofMillis(-1)).start());
	}

	private static void assertNoPromotion() {
		throughout(OBSERVATION, () -> assertThat(mirror.isWritable()).isFalse());
	}

}
