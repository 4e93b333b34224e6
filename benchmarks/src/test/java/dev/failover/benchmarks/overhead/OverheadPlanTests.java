package dev.failover.benchmarks.overhead;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class OverheadPlanTests {

	private static final List<String> NAMES = List.of(BareHikari.NAME, Failover.NAME, "other");

	private final OverheadPlan plan = new OverheadPlan(List.of(1), 2, 2, 1, 1, 1);

	@Test
	void everyOtherRoundGoesTheOtherWay() {
		assertThat(this.plan.turn(0, NAMES)).isEqualTo(NAMES);
		assertThat(this.plan.turn(1, NAMES)).containsExactly("other", Failover.NAME, BareHikari.NAME);
	}

	@Test
	void theLastRoundsAreForTheCloseOnes() {
		assertThat(this.plan.allRounds()).isEqualTo(4);
		assertThat(this.plan.turn(2, NAMES)).containsExactly(BareHikari.NAME, Failover.NAME);
	}

}
