package dev.failover.benchmarks.overhead;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class RatioCheckTests {

	@Test
	void noiseIsNoFinding() {
		OverheadResults results = new Measured().add(BareHikari.NAME, 0, 56, 100.0)
			.add(Failover.NAME, 0, 56.4, 124.0, 900.0)
			.results();
		assertThat(RatioCheck.MARGINS.findings(results)).isEmpty();
	}

	@Test
	void aSlowerPathIsAFinding() {
		OverheadResults results = new Measured().add(BareHikari.NAME, 0, 56, 100.0)
			.add(Failover.NAME, 0, 56, 131.0)
			.results();
		assertThat(RatioCheck.MARGINS.findings(results)).singleElement()
			.asString()
			.contains("getConnection/close takes 1.31 times", "at most 1.25");
	}

	@Test
	void anObjectForEachCallIsAFinding() {
		OverheadResults results = new Measured().add(BareHikari.NAME, 0, 56, 100.0)
			.add(Failover.NAME, 0, 72, 100.0)
			.results();
		assertThat(RatioCheck.MARGINS.findings(results)).hasSize(Operation.values().length)
			.allSatisfy((finding) -> assertThat(finding).contains("16.0 bytes more"));
	}

}
