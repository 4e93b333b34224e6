package dev.failover.benchmarks.recovery.result;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ratios that hold, and that do not.
 */
class PeerCheckTests {

	private final PeerCheck check = new PeerCheck("ours", "peer", "kill", Kind.READS, 1.25);

	@Test
	void aRatioWithinTheMarginPasses() {
		assertThat(this.check.check(Results.of(Results.whole("ours", 125), Results.whole("peer", 100)))).isEmpty();
	}

	@Test
	void aRatioBeyondTheMarginIsToldWithItsFigures() {
		assertThat(this.check.check(Results.of(Results.whole("ours", 126), Results.whole("peer", 100))))
			.hasValue("kill, reads whole, ours took at least 126 ms, peer 100 ms: the ratio 1.26 is above 1.25");
	}

	@Test
	void ourBestRunIsComparedWithTheMedian() {
		assertThat(this.check.check(Results.of(Results.whole("ours", 120), Results.whole("ours", 900),
				Results.whole("peer", 100), Results.whole("peer", 20), Results.whole("peer", 110))))
			.isEmpty();
	}

	@Test
	void aPeerThatNeverIsWholeIsBeaten() {
		Sample never = new Calls().failedRead(1, 0, 9000).sample("peer", "kill");
		assertThat(this.check.check(Results.of(Results.whole("ours", 100), never))).isEmpty();
	}

	@Test
	void neverBeingWholeFails() {
		Sample never = new Calls().failedRead(1, 0, 9000).sample("ours", "kill");
		assertThat(this.check.check(Results.of(never, Results.whole("peer", 100))).orElseThrow())
			.contains("ours never was whole");
	}

	@Test
	void nothingToCompareFails() {
		assertThat(this.check.check(Results.of(Results.whole("ours", 100))).orElseThrow())
			.contains("nothing to compare");
	}

	@Test
	void aStuckClientBreaksAPromise() {
		Sample stuck = new Calls().pendingRead(1, 5).sample("ours", "kill");
		assertThat(new PromiseCheck("ours").check(Results.of(stuck))).singleElement().asString().contains("stuck 1");
		assertThat(new PromiseCheck("ours").check(Results.of(Results.whole("ours", 5)))).isEmpty();
	}

}
