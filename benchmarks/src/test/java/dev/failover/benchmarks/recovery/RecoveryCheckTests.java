package dev.failover.benchmarks.recovery;

import java.util.List;

import dev.failover.benchmarks.recovery.result.Calls;
import dev.failover.benchmarks.recovery.result.Kind;
import dev.failover.benchmarks.recovery.result.RecoveryResults;
import dev.failover.benchmarks.recovery.result.Sample;
import dev.failover.benchmarks.run.Machine;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecoveryCheckTests {

	private final RecoveryCheck.PeerCheck check = new RecoveryCheck.PeerCheck("ours", "peer", "kill", Kind.READS, 1.25);

	@Test
	void aRatioWithinTheLimitIsNoFinding() {
		assertThat(this.check.finding(results(recovered("ours", 125), recovered("peer", 100)))).isEmpty();
	}

	@Test
	void aRatioAboveTheLimitIsReportedWithItsFigures() {
		assertThat(this.check.finding(results(recovered("ours", 126), recovered("peer", 100))))
			.hasValue("kill, reads recovered, ours took at least 126 ms, peer 100 ms: the ratio 1.26 is above 1.25");
	}

	@Test
	void ourBestRunIsComparedWithTheMedian() {
		assertThat(this.check.finding(results(recovered("ours", 120), recovered("ours", 900), recovered("peer", 100),
				recovered("peer", 20), recovered("peer", 110))))
			.isEmpty();
	}

	@Test
	void aPeerThatNeverRecoversIsNoLimit() {
		Sample never = new Calls().failedRead(1, 0, 9000).sample("peer", "kill");
		assertThat(this.check.finding(results(recovered("ours", 100), never))).isEmpty();
	}

	@Test
	void noRecoveryIsAFinding() {
		Sample never = new Calls().failedRead(1, 0, 9000).sample("ours", "kill");
		assertThat(this.check.finding(results(never, recovered("peer", 100))).orElseThrow())
			.contains("ours never recovered");
	}

	@Test
	void nothingToCompareIsAFinding() {
		assertThat(this.check.finding(results(recovered("ours", 100))).orElseThrow()).contains("nothing to compare");
	}

	@Test
	void aStuckClientIsABrokenPromise() {
		Sample stuck = new Calls().pendingRead(1, 5).sample("ours", "kill");
		assertThat(RecoveryCheck.brokenPromises(results(stuck), "ours")).singleElement().asString().contains("stuck 1");
		assertThat(RecoveryCheck.brokenPromises(results(recovered("ours", 5)), "ours")).isEmpty();
	}

	private static RecoveryResults results(Sample... samples) {
		return new RecoveryResults("2026-01-01T00:00:00Z", new Machine(null, 2, 1024, "os", "jvm", 0.5),
				new RecoveryResults.Setup("small", 10_000, 1100, 2500, 8, 8, 5), List.of(), 0, List.of(),
				List.of(samples));
	}

	private static Sample recovered(String contender, long millis) {
		return new Calls().failedRead(1, 0, 5)
			.read(1, millis - 1, millis, Calls.MIRROR)
			.failedWrite(2, 0, 5)
			.write(2, millis - 1, millis, Calls.MIRROR)
			.sample(contender, "kill");
	}

}
