package dev.failover.sample.demo;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link CallStatistics}.
 */
final class CallStatisticsTests {

	private Instant now = Instant.EPOCH;

	private final CallStatistics statistics = new CallStatistics(() -> this.now);

	@Test
	void aPauseWithoutFailuresIsNoOutage() {
		succeed(Duration.ofSeconds(10));
		LoadReport.Calls report = this.statistics.report();
		assertThat(report.ok()).isEqualTo(1);
		assertThat(report.longestOutageMillis()).isZero();
		assertThat(report.latency().max()).isEqualTo(10_000);
	}

	@Test
	void anOutageLastsFromSuccessToSuccess() {
		succeed(Duration.ofMillis(5));
		fail(Duration.ofMillis(100));
		fail(Duration.ofMillis(200));
		succeed(Duration.ofMillis(50));
		LoadReport.Calls report = this.statistics.report();
		assertThat(report.longestOutageMillis()).isEqualTo(350);
		assertThat(report.failing()).isFalse();
		assertThat(report.failed()).isEqualTo(2);
		assertThat(report.failures()).containsOnlyKeys("IllegalStateException: lost");
	}

	@Test
	void theLongestOutageIsReported() {
		fail(Duration.ofMillis(300));
		succeed(Duration.ZERO);
		fail(Duration.ofMillis(100));
		succeed(Duration.ZERO);
		assertThat(this.statistics.report().longestOutageMillis()).isEqualTo(300);
	}

	@Test
	void anOutageThatStillLastsIsReported() {
		fail(Duration.ofMillis(100));
		this.now = this.now.plusMillis(400);
		assertThat(this.statistics.report().longestOutageMillis()).isEqualTo(500);
		assertThat(this.statistics.report().lastErrorAt()).isEqualTo(Instant.EPOCH.plusMillis(100));
	}

	@Test
	void percentilesAreOfTheSuccessfulCalls() {
		for (int i = 1; i <= 100; i++) {
			succeed(Duration.ofMillis(i));
		}
		LoadReport.Latency latency = this.statistics.report().latency();
		assertThat(latency).isEqualTo(new LoadReport.Latency(50, 95, 99, 100));
	}

	@Test
	void aCallIsHeldWhileItTakesLongerThanTheLimitAndSlowOnceItHasSucceeded() {
		this.statistics.measure(() -> {
			this.now = this.now.plus(CallStatistics.SLOW);
			assertThat(this.statistics.report().held()).isZero();
			this.now = this.now.plusMillis(1);
			assertThat(this.statistics.report().held()).isEqualTo(1);
		});
		succeed(CallStatistics.SLOW);
		LoadReport.Calls report = this.statistics.report();
		assertThat(report.held()).isZero();
		assertThat(report.longestHeldMillis()).isEqualTo(251);
		assertThat(report.slow()).isEqualTo(1);
		assertThat(report.ok()).isEqualTo(2);
	}

	@Test
	void theLongestTimeThatACallWasHeldIncludesThoseInProgress() {
		succeed(CallStatistics.SLOW);
		assertThat(this.statistics.report().longestHeldMillis()).isZero();
		succeed(Duration.ofSeconds(2));
		this.statistics.measure(() -> {
			this.now = this.now.plusSeconds(3);
			assertThat(this.statistics.report().longestHeldMillis()).isEqualTo(3_000);
		});
		assertThat(this.statistics.report().longestOutageMillis()).isZero();
	}

	@Test
	void aCallThatFailsAfterALongTimeIsNeitherHeldNorSlow() {
		fail(Duration.ofSeconds(10));
		assertThat(this.statistics.report().held()).isZero();
		assertThat(this.statistics.report().slow()).isZero();
	}

	private void succeed(Duration took) {
		this.statistics.measure(() -> this.now = this.now.plus(took));
	}

	private void fail(Duration took) {
		this.statistics.measure(() -> {
			this.now = this.now.plus(took);
			throw new IllegalStateException("lost");
		});
	}

}
