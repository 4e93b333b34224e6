package dev.failover.benchmarks.run;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

final class SamplesTests {

	@Test
	void theMedianOfAnOddNumberIsTheMiddleOne() {
		assertThat(new Samples(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2);
	}

	@Test
	void theMedianOfAnEvenNumberIsBetweenTheMiddleOnes() {
		assertThat(new Samples(List.of(4.0, 1.0, 2.0, 100.0)).median()).isEqualTo(3);
	}

	@Test
	void theSpreadIsFromTheSmallestToTheLargest() {
		assertThat(new Samples(List.of(1.5, 1234.5, 2.25)).describe(1)).isEqualTo("2.3 (1.5–1,234.5)");
	}

	@Test
	void noSamplesSayNothing() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Samples(List.of()));
	}

	@Test
	void nothingIsNotNegative() {
		assertThat(Numbers.of(-0.004, 1)).isEqualTo("0.0");
		assertThat(Numbers.of(-1.26, 1)).isEqualTo("-1.3");
	}

}
