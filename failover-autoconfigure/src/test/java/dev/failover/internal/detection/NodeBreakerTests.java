package dev.failover.internal.detection;

import java.time.Duration;

import dev.failover.BreakerState;
import dev.failover.Verdict;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link NodeBreaker}.
 */
final class NodeBreakerTests {

	private static final DetectionSettings SETTINGS = new DetectionSettings(Duration.ofMillis(500),
			Duration.ofSeconds(1), 3, Duration.ofMillis(20), 4, null);

	private final CircuitBreaker circuitBreaker = CircuitBreaker.of("primary", NodeBreaker.config(SETTINGS));

	private final NodeBreaker breaker = new NodeBreaker(this.circuitBreaker);

	@Test
	void opensAfterTheConfiguredNumberOfFailuresInARow() {
		record(Verdict.DOWN, 2);
		assertThat(this.breaker.state()).isEqualTo(BreakerState.CLOSED);
		record(Verdict.DOWN, 1);
		assertThat(this.breaker.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void aGoodProbeResetsTheCountOfFailures() {
		record(Verdict.DOWN, 2);
		record(Verdict.UP, 1);
		record(Verdict.DOWN, 2);
		assertThat(this.breaker.state()).isEqualTo(BreakerState.CLOSED);
		record(Verdict.DOWN, 1);
		assertThat(this.breaker.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void anImpairedProbeResetsTheCountOfFailures() {
		record(Verdict.DOWN, 2);
		record(Verdict.IMPAIRED, 1);
		record(Verdict.DOWN, 2);
		assertThat(this.breaker.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void closesAfterTheConfiguredNumberOfGoodProbesInARow() {
		halfOpen();
		record(Verdict.UP, 2);
		assertThat(this.breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
		record(Verdict.UP, 1);
		assertThat(this.breaker.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void oneFailureWhileHalfOpenOpensItAgain() {
		halfOpen();
		record(Verdict.UP, 2);
		record(Verdict.DOWN, 1);
		assertThat(this.breaker.state()).isEqualTo(BreakerState.OPEN);
	}

	@Test
	void anImpairedProbeWhileHalfOpenNeitherClosesNorOpensIt() {
		halfOpen();
		record(Verdict.IMPAIRED, 20);
		assertThat(this.breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
		record(Verdict.UP, 3);
		assertThat(this.breaker.state()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void aThresholdOfOneOpensAtTheFirstFailure() {
		DetectionSettings settings = new DetectionSettings(Duration.ofMillis(500), Duration.ofSeconds(1), 1,
				Duration.ofMillis(20), 1, null);
		NodeBreaker one = new NodeBreaker(CircuitBreaker.of("one", NodeBreaker.config(settings)));
		one.record(Verdict.DOWN, Duration.ZERO, "refused");
		assertThat(one.state()).isEqualTo(BreakerState.OPEN);
		await().untilAsserted(() -> {
			one.record(Verdict.UP, Duration.ZERO, "null");
			assertThat(one.state()).isEqualTo(BreakerState.CLOSED);
		});
	}

	@Test
	void aBreakerThatIsForcedOpenStaysOpen() {
		this.circuitBreaker.transitionToForcedOpenState();
		record(Verdict.UP, 20);
		assertThat(this.breaker.state()).isEqualTo(BreakerState.FORCED_OPEN);
		assertThat(this.breaker.state().permits()).isFalse();
	}

	@Test
	void aDisabledBreakerNeverOpens() {
		this.circuitBreaker.transitionToDisabledState();
		record(Verdict.DOWN, 20);
		assertThat(this.breaker.state()).isEqualTo(BreakerState.DISABLED);
		assertThat(this.breaker.state().permits()).isTrue();
	}

	@Test
	void aMetricsOnlyBreakerNeverOpens() {
		this.circuitBreaker.transitionToMetricsOnlyState();
		record(Verdict.DOWN, 20);
		assertThat(this.breaker.state()).isEqualTo(BreakerState.METRICS_ONLY);
		assertThat(this.breaker.state().permits()).isTrue();
	}

	/**
	 * Opens the breaker and records the first good probe while it is half-open.
	 */
	private void halfOpen() {
		record(Verdict.DOWN, 3);
		await().untilAsserted(() -> {
			record(Verdict.UP, 1);
			assertThat(this.breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
		});
	}

	private void record(Verdict verdict, int times) {
		for (int i = 0; i < times; i++) {
			this.breaker.record(verdict, Duration.ofMillis(1), "an error");
		}
	}

}
