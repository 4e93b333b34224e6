package dev.failover.benchmarks.overhead;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class OverheadPlanTests {

	private static final List<String> NAMES = List.of(BareHikari.NAME, Failover.NAME, "one", "other");

	private final OverheadPlan plan = new OverheadPlan(List.of(1), 2, 2, 1, 1, 9, 1);

	private final Group close = new Group(Group.CLOSE, List.of(BareHikari.NAME, Failover.NAME));

	@Test
	void peersTakeTurnsWithTheBarePoolAndEveryOtherRoundGoesTheOtherWay() {
		Group one = new Group("one", List.of(BareHikari.NAME, "one"));
		Group other = new Group("other", List.of(BareHikari.NAME, "other"));
		assertThat(this.plan.groups(0, NAMES)).containsExactly(this.close, one, other);
		assertThat(this.plan.groups(1, NAMES)).containsExactly(other, one, this.close);
	}

	@Test
	void theLastRoundsAreForTheCloseOnes() {
		assertThat(this.plan.allRounds()).isEqualTo(4);
		assertThat(this.plan.groups(2, NAMES)).containsExactly(this.close);
		assertThat(this.plan.blocks(this.close)).isEqualTo(9);
	}

	@Test
	void turnsGoThereAndBackAgain() {
		Turns turns = new Turns(3);
		assertThat(List.of(turns.at(0), turns.at(1), turns.at(2), turns.at(3), turns.at(4), turns.at(5), turns.at(6)))
			.containsExactly(0, 1, 2, 2, 1, 0, 0);
		assertThat(turns.block()).isEqualTo(6);
	}

}
