package dev.failover.benchmarks.overhead;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class OverheadCheckTests {

	@Test
	void noiseIsNoFinding() {
		OverheadResults results = new Measured().add(BareHikari.NAME, 0, 56, 100.0, 100.0, 100.0)
			.add(Failover.NAME, 0, 56.4, 99.0, 130.0, 900.0)
			.results();
		assertThat(OverheadCheck.MARGINS.findings(results)).isEmpty();
	}

	@Test
	void aSlowerPathIsAFinding() {
		OverheadResults results = new Measured().add(BareHikari.NAME, 0, 56, 100.0, 120.0)
			.add(Failover.NAME, 0, 56, 131.0, 160.0)
			.results();
		assertThat(OverheadCheck.MARGINS.findings(results)).hasSize(Operation.values().length)
			.anySatisfy((finding) -> assertThat(finding).contains("getConnection/close", "1.31 is above 1.15"));
	}

	@Test
	void anObjectForEachCallIsAFinding() {
		OverheadResults results = new Measured().add(BareHikari.NAME, 0, 56, 100.0)
			.add(Failover.NAME, 0, 72, 100.0)
			.results();
		assertThat(OverheadCheck.MARGINS.findings(results)).hasSize(Operation.values().length)
			.allSatisfy((finding) -> assertThat(finding).contains("16.0 bytes more"));
	}

}
