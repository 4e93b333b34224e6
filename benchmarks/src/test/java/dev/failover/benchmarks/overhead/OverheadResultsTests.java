package dev.failover.benchmarks.overhead;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

final class OverheadResultsTests {

	private static final Operation CALL = Operation.CONNECTION;

	@Test
	void aRatioComparesWithTheBarePoolOfTheSameRound() {
		OverheadResults results = new Measured().add(BareHikari.NAME, 0, 56, 100.0)
			.add(Failover.NAME, 0, 56, 110.0)
			.add(BareHikari.NAME, 1, 56, 400.0)
			.add(Failover.NAME, 1, 56, 400.0)
			.results();
		assertThat(results.ratio(Failover.NAME, CALL, 1).values()).containsExactly(1.1, 1.0);
	}

	@Test
	void theFastestIterationsAreComparedAcrossRounds() {
		OverheadResults results = new Measured().add(BareHikari.NAME, 0, 56, 100.0, 900.0)
			.add(Failover.NAME, 0, 56, 300.0, 120.0)
			.results();
		assertThat(results.fastestRatio(Failover.NAME, CALL, 1)).isEqualTo(1.2, within(1e-9));
	}

	@Test
	void bytesAddedAreThoseThatTheBarePoolDoesNotAllocate() {
		OverheadResults results = new Measured().add(BareHikari.NAME, 0, 56, 100.0)
			.add(Failover.NAME, 0, 80, 100.0)
			.results();
		assertThat(results.bytesAdded(Failover.NAME, CALL, 1)).isEqualTo(24);
	}

	@Test
	void whoWasMeasuredWithoutTheBarePoolHasNoRatio() {
		OverheadResults results = new Measured().add(Failover.NAME, 0, 56, 100.0).results();
		assertThatIllegalStateException().isThrownBy(() -> results.ratio(Failover.NAME, CALL, 1))
			.withMessageContaining(Failover.NAME);
	}

	@Test
	void thePageHasARowForEachContenderAndSaysWhoIsLeftOut() {
		OverheadResults results = new Measured().add(BareHikari.NAME, 0, 56, 100.0)
			.add(Failover.NAME, 0, 56, 105.0)
			.results();
		assertThat(new OverheadPage(results).render())
			.contains("| Failover | 1.05 (1.05–1.05) | 105.0 | 9,523,810 | 56 | 0.0 |")
			.contains("- other: a reason");
	}

}
