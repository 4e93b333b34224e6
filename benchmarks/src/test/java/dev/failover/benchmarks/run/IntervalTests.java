package dev.failover.benchmarks.run;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class IntervalTests {

	@Test
	void equalSamplesHaveAnIntervalWithoutWidth() {
		assertThat(Interval.ofMedian(List.of(2.0, 2.0, 2.0))).isEqualTo(new Interval(2, 2, 2));
	}

	@Test
	void groupsThatDifferMakeTheIntervalWide() {
		Interval interval = Interval.ofMedians(List.of(List.of(1.0, 1.0), List.of(1.1, 1.1), List.of(2.0, 2.0)));
		assertThat(interval).isEqualTo(new Interval(1, 1.1, 2));
	}

	@Test
	void anOutlierInAGroupCountsForLittle() {
		Interval interval = Interval
			.ofMedians(List.of(List.of(1.0, 1.0, 1.0, 1.0, 9.0), List.of(1.0, 1.0, 1.0, 1.0, 1.0)));
		assertThat(interval.high()).isLessThan(9);
		assertThat(interval.middle()).isEqualTo(1);
	}

	@Test
	void theMedianOfAnEvenNumberIsBetweenTheMiddleOnes() {
		assertThat(Interval.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
		assertThat(Interval.median(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(3);
	}

	@Test
	void samplesAreCombinedInPairs() {
		assertThat(Interval.pairs(List.of(5.0, 7.0), List.of(1.0, 2.0, 3.0), (one, other) -> one - other))
			.containsExactly(4.0, 5.0);
	}

}
