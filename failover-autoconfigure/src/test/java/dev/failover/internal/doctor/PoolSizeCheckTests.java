package dev.failover.internal.doctor;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PoolSizeCheck}.
 */
class PoolSizeCheckTests {

	@Test
	void findsASmallerPoolOfTheMirror() {
		Finding finding = new CheckContextBuilder().pool(CheckContextBuilder.MIRROR, 4).findingOf(new PoolSizeCheck());
		assertThat(finding.id()).isEqualTo("pool-smaller");
		assertThat(finding.node()).isEqualTo(CheckContextBuilder.MIRROR);
		assertThat(finding.problem()).contains("4 connections", "has 10");
		assertThat(finding.remedy()).contains("'failover.mirror.hikari.maximum-pool-size' to 10");
	}

	@Test
	void findsNothingIfThePoolIsAsLargeOrLarger() {
		assertThat(new CheckContextBuilder().findingsOf(new PoolSizeCheck())).isEmpty();
		assertThat(new CheckContextBuilder().pool(CheckContextBuilder.MIRROR, 20).findingsOf(new PoolSizeCheck()))
			.isEmpty();
	}

}
