package dev.failover.benchmarks.recovery.result;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Medians of values of which some are never.
 */
class SpreadTests {

	@Test
	void theMedianOfAnOddNumberIsTheMiddleOne() {
		assertThat(Spread.of(Arrays.asList(9.0, 1.0, 4.0))).isEqualTo(new Spread(4.0, 1.0, 9.0, 3));
	}

	@Test
	void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
		assertThat(Spread.of(Arrays.asList(9.0, 1.0, 4.0, 6.0)).median()).isEqualTo(5.0);
	}

	@Test
	void neverIsGreaterThanAll() {
		assertThat(Spread.of(Arrays.asList(null, 1.0, 4.0))).isEqualTo(new Spread(4.0, 1.0, null, 3));
	}

	@Test
	void theMedianIsNeverWhenHalfAre() {
		assertThat(Spread.of(Arrays.asList(null, 1.0, 2.0, null)).median()).isNull();
		assertThat(Spread.of(Arrays.asList((Double) null))).isEqualTo(new Spread(null, null, null, 1));
	}

}
