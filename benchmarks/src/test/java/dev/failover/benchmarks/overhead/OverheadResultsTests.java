package dev.failover.benchmarks.overhead;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

final class OverheadResultsTests {

	private static final Operation CALL = Operation.CONNECTION;

	@Test
	void aRatioComparesWithTheBarePoolInTheSameBlock() {
		OverheadResults results = new Measured().add(BareHikari.NAME, 0, 56, 100.0, 900.0, 200.0)
			.add(Failover.NAME, 0, 56, 110.0, 990.0, 220.0)
			.add(BareHikari.NAME, 1, 56, 400.0)
			.add(Failover.NAME, 1, 56, 440.0)
			.results();
		assertThat(results.ratio(Failover.NAME, CALL, 1).low()).isEqualTo(1.1, within(1e-9));
		assertThat(results.ratio(Failover.NAME, CALL, 1).high()).isEqualTo(1.1, within(1e-9));
	}

	@Test
	void twoThatTookTurnsAreComparedWithEachOther() {
		OverheadResults results = new Measured().add(BareHikari.NAME, 0, 56, 100.0, 100.0, 500.0)
			.add(Failover.NAME, 0, 56, 90.0, 360.0, 450.0)
			.add("peer", 0, 56, 100.0, 400.0, 500.0)
			.results();
		assertThat(results.ratioTo("peer", CALL, 1).high()).isEqualTo(0.9, within(1e-9));
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
	void thePageHasARowForEachContenderAndSaysWhoIsLeftOutAndWhatIsMet() {
		OverheadResults results = new Measured().add(BareHikari.NAME, 0, 56, 100.0)
			.add(Failover.NAME, 0, 56, 105.0)
			.add("peer", 0, 56, 200.0)
			.results();
		assertThat(new OverheadPage(results).render())
			.contains("| Failover | 1.05 (1.05–1.05) | 105.0 | 9,523,810 | 56 | 0.0 |")
			.contains("| getConnection/close | 1 | ≤ 1.05 × HikariCP alone | 1.050 (1.050–1.050) | yes |")
			.contains("| statement cycle | 1 | ≤ 1.01 × HikariCP alone | 1.050 (1.050–1.050) | **no** |")
			.contains("| statement cycle | 1 | ahead of every peer | 0.525 (0.525–0.525) × peer | yes |")
			.contains("- other: a reason");
	}

	@Test
	void whatIsReadOfAnOlderRunHasNoGroup() {
		ForkResult old = new ForkResult("a", CALL, 1, 0, null, List.of(1.0), List.of(2.0));
		assertThat(old.isBeside(new ForkResult("b", CALL, 1, 0, null, List.of(1.0), List.of(2.0)))).isTrue();
		assertThat(old.isBeside(new ForkResult("b", CALL, 1, 1, null, List.of(1.0), List.of(2.0)))).isFalse();
	}

}
