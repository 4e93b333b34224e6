package dev.failover.internal.detection;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.failover.BreakerState;
import dev.failover.Verdict;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;

/**
 * Circuit breaker of a node. Its outcome calls are probe verdicts and nothing else.
 * <p>
 * Written by the node's prober, read by any thread. A state that a person forces is
 * honoured: a breaker that is forced open records nothing, a disabled one never opens.
 */
public final class NodeBreaker {

	private final CircuitBreaker breaker;

	public NodeBreaker(CircuitBreaker breaker) {
		this.breaker = breaker;
	}

	/**
	 * Returns the configuration of a breaker that opens after that many failures in a row
	 * and closes after that many good probes in a row. Resilience4j bounds the minimum of
	 * calls by the window of each state, so the larger of both thresholds suits both.
	 */
	public static CircuitBreakerConfig config(DetectionSettings settings) {
		return CircuitBreakerConfig.custom()
			.slidingWindowType(SlidingWindowType.COUNT_BASED)
			.slidingWindowSize(settings.failureThreshold())
			.minimumNumberOfCalls(Math.max(settings.failureThreshold(), settings.recoveryThreshold()))
			.failureRateThreshold(100)
			.permittedNumberOfCallsInHalfOpenState(settings.recoveryThreshold())
			.waitDurationInOpenState(Duration.ofMillis(1))
			.build();
	}

	/**
	 * Returns the current state.
	 */
	public BreakerState state() {
		return BreakerState.valueOf(this.breaker.getState().name());
	}

	/**
	 * Records the verdict of one probe.
	 */
	void record(Verdict verdict, Duration took, String error) {
		if (!this.breaker.tryAcquirePermission()) {
			return;
		}
		boolean trial = this.breaker.getState() == CircuitBreaker.State.HALF_OPEN;
		if (verdict == Verdict.DOWN) {
			if (trial) {
				this.breaker.transitionToOpenState();
			}
			this.breaker.onError(took.toNanos(), TimeUnit.NANOSECONDS, new ProbeFailedException(error));
		}
		else if (trial && verdict == Verdict.IMPAIRED) {
			this.breaker.releasePermission();
		}
		else {
			this.breaker.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
		}
	}

	/**
	 * Failure of a probe, as the breaker records it; without a stack trace.
	 */
	private static final class ProbeFailedException extends Exception {

		private static final long serialVersionUID = 1L;

		ProbeFailedException(String message) {
			super(message, null, false, false);
		}

	}

}
