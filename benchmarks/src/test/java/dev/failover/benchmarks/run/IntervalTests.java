package dev.failover.benchmarks.run;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class IntervalTests {

	@Test
	void equalSamplesLeaveNoDoubt() {
		assertThat(Interval.ofMedian(List.of(2.0, 2.0, 2.0))).isEqualTo(new Interval(2, 2, 2));
	}

	@Test
	void groupsThatDifferMakeItWide() {
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
	void aQuotientIsAsWideAsBothTogether() {
		assertThat(new Interval(1, 2, 3).over(new Interval(1, 2, 4))).isEqualTo(new Interval(0.25, 1, 3));
	}

}
