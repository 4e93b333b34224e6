package dev.failover.benchmarks.overhead;

import java.util.List;

import dev.failover.benchmarks.overhead.OverheadPlan.Group;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class OverheadPlanTests {

	private static final List<String> NAMES = List.of(Contenders.HIKARI, Contenders.FAILOVER, "one", "other");

	private final OverheadPlan plan = new OverheadPlan(List.of(1), 2, 2, 1, 1, 9, 1);

	private final Group close = new Group(Group.CLOSE, List.of(Contenders.HIKARI, Contenders.FAILOVER));

	@Test
	void eachPeerIsMeasuredWithThePoolAloneAndEveryOtherRoundIsReversed() {
		Group one = new Group("one", List.of(Contenders.HIKARI, "one"));
		Group other = new Group("other", List.of(Contenders.HIKARI, "other"));
		assertThat(this.plan.groups(0, NAMES)).containsExactly(this.close, one, other);
		assertThat(this.plan.groups(1, NAMES)).containsExactly(other, one, this.close);
	}

	@Test
	void theLastRoundsAreForTheCloseGroup() {
		assertThat(this.plan.allRounds()).isEqualTo(4);
		assertThat(this.plan.groups(2, NAMES)).containsExactly(this.close);
		assertThat(this.plan.blocks(this.close)).isEqualTo(9);
	}

	@Test
	void theScheduleGoesForwardAndBackward() {
		Schedule schedule = new Schedule(3);
		assertThat(List.of(schedule.at(0), schedule.at(1), schedule.at(2), schedule.at(3), schedule.at(4),
				schedule.at(5), schedule.at(6)))
			.containsExactly(0, 1, 2, 2, 1, 0, 0);
		assertThat(schedule.block()).isEqualTo(6);
	}

}
