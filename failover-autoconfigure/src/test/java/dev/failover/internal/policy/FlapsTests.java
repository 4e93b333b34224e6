package dev.failover.internal.policy;

import java.time.Duration;
import java.time.Instant;

import dev.failover.NodeStatusFixture;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Flaps}.
 */
final class FlapsTests {

	private static final Instant NOW = NodeStatusFixture.NOW;

	private static final Duration MIN_STAY = Duration.ofSeconds(30);

	private static final Duration RECOVERY = Duration.ofMillis(2500);

	@Test
	void theFirstLossIsNotAFlap() {
		assertThat(Flaps.NONE.lost(NOW, MIN_STAY).count()).isZero();
	}

	@Test
	void aLossSoonAfterTheReturnIsAFlap() {
		Flaps flaps = Flaps.NONE.returned(NOW).lost(NOW.plusSeconds(299), MIN_STAY);
		assertThat(flaps.count()).isOne();
		assertThat(flaps.returned(NOW.plusSeconds(300)).lost(NOW.plusSeconds(301), MIN_STAY).count()).isEqualTo(2);
	}

	@Test
	void aLossLongAfterTheReturnResetsTheCount() {
		Flaps flaps = new Flaps(5, NOW).lost(NOW.plusSeconds(300), MIN_STAY);
		assertThat(flaps.count()).isZero();
	}

	@Test
	void theMinimumStayDoublesWithEachFlap() {
		assertThat(new Flaps(0, null).stay(MIN_STAY)).isEqualTo(MIN_STAY);
		assertThat(new Flaps(1, null).stay(MIN_STAY)).isEqualTo(MIN_STAY.multipliedBy(2));
		assertThat(new Flaps(3, null).stay(MIN_STAY)).isEqualTo(MIN_STAY.multipliedBy(8));
	}

	@Test
	void theMinimumStayIsBounded() {
		assertThat(new Flaps(1_000_000, null).stay(MIN_STAY)).isEqualTo(MIN_STAY.multipliedBy(64));
	}

	@Test
	void recoveryTakesNoTimeWithoutFlaps() {
		assertThat(Flaps.NONE.recovery(RECOVERY)).isZero();
	}

	@Test
	void recoveryDoublesWithEachFlapUpToALimit() {
		assertThat(new Flaps(1, null).recovery(RECOVERY)).isEqualTo(RECOVERY);
		assertThat(new Flaps(2, null).recovery(RECOVERY)).isEqualTo(RECOVERY.multipliedBy(2));
		assertThat(new Flaps(1_000_000, null).recovery(RECOVERY)).isEqualTo(RECOVERY.multipliedBy(4));
	}

}
