package dev.failover.internal.doctor;

import java.time.Duration;

import dev.failover.dialect.JdbcDriverSettings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PoolTimeoutCheck}.
 */
class PoolTimeoutCheckTests {

	@Test
	void findsATimeoutShorterThanTheDetectionBudget() {
		Finding finding = new CheckContextBuilder()
			.configured(CheckContextBuilder.PRIMARY, 10, Duration.ofMillis(1_500), JdbcDriverSettings.Timeouts.UNSET)
			.findingOf(new PoolTimeoutCheck());
		assertThat(finding.id()).isEqualTo("connection-timeout-short");
		assertThat(finding.node()).isEqualTo(CheckContextBuilder.PRIMARY);
		assertThat(finding.problem()).contains("1.5 s", "1.75 s");
		assertThat(finding.remedy()).contains("'spring.datasource.hikari.connection-timeout'");
	}

	@Test
	void findsNothingIfTheTimeoutIsLonger() {
		assertThat(new CheckContextBuilder().findingsOf(new PoolTimeoutCheck())).isEmpty();
	}

}
