package dev.failover.internal.detection;

import java.time.Clock;
import java.time.Duration;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProbeSignal}.
 */
final class ProbeSignalTests {

	private final CircuitBreaker breaker = CircuitBreaker.ofDefaults("primary");

	private long now = 100;

	private final ProbeSignal signal = new ProbeSignal(new NodeBreaker(this.breaker),
			new ProbeClock(Clock.systemUTC(), () -> this.now));

	@Test
	void aSuspicionWakesTheProberOnceAndIsTheFirstBadSignal() throws InterruptedException {
		assertThat(isWoken()).isFalse();
		this.signal.suspect();
		this.now++;
		this.signal.suspect();
		assertThat(this.signal.firstBad()).isEqualTo(100);
		assertThat(isWoken()).isTrue();
		assertThat(isWoken()).isFalse();
	}

	@Test
	void aNodeThatIsKnownToBeLostIsNotSuspected() throws InterruptedException {
		this.breaker.transitionToOpenState();
		this.signal.suspect();
		assertThat(this.signal.firstBad()).isZero();
		assertThat(isWoken()).isFalse();
	}

	@Test
	void aFailedProbeIsTheFirstBadSignalUnlessThereWasOne() {
		this.signal.failed(50);
		this.signal.failed(60);
		assertThat(this.signal.firstBad()).isEqualTo(50);
	}

	@Test
	void anAnswerEndsTheSignsFromBeforeItsProbeBegan() {
		this.signal.failed(50);
		this.signal.answered(49);
		assertThat(this.signal.firstBad()).isEqualTo(50);
		this.signal.answered(50);
		assertThat(this.signal.firstBad()).isZero();
	}

	@Test
	void probesAreUrgentFromTheFirstHurryUntilTheProberMayRelax() throws InterruptedException {
		this.signal.hurry();
		assertThat(isWoken()).isTrue();
		this.now++;
		this.signal.hurry();
		assertThat(isWoken()).isFalse();
		assertThat(this.signal.urgentSince()).isEqualTo(100);
		this.signal.relax();
		assertThat(this.signal.urgentSince()).isZero();
	}

	@Test
	void probesOfALostNodeStayUrgentForAsLongAgain() {
		assertThat(this.signal.urgentSinceLoss()).isZero();
		this.signal.hurry();
		assertThat(this.signal.urgentSinceLoss()).isEqualTo(100);
		this.now = 130;
		this.signal.relax();
		this.signal.relax();
		this.now = 159;
		assertThat(this.signal.urgentSinceLoss()).isEqualTo(100);
		assertThat(this.signal.urgentSince()).isZero();
		this.now = 160;
		assertThat(this.signal.urgentSinceLoss()).isZero();
	}

	@Test
	void aSwitchoverSoonAfterAnOutageDoesNotEndTheUrgencyEarlier() {
		this.signal.hurry();
		this.now = 150;
		this.signal.relax();
		this.now = 160;
		this.signal.hurry();
		this.now = 161;
		this.signal.relax();
		this.now = 199;
		assertThat(this.signal.urgentSinceLoss()).isEqualTo(100);
		this.now = 200;
		assertThat(this.signal.urgentSinceLoss()).isZero();
	}

	@Test
	void probesOfALostNodeAreUrgentForAMinuteAtMost() {
		this.signal.hurry();
		this.now = Duration.ofHours(10).toNanos();
		this.signal.relax();
		this.now += Duration.ofSeconds(59).toNanos();
		assertThat(this.signal.urgentSinceLoss()).isEqualTo(100);
		this.now += Duration.ofSeconds(1).toNanos();
		assertThat(this.signal.urgentSinceLoss()).isZero();
	}

	@Test
	void aServerIsSharedFromTheFirstSightOfIt() {
		this.signal.shared(true);
		this.now++;
		this.signal.shared(true);
		assertThat(this.signal.sharedSince()).isEqualTo(100);
		this.signal.shared(false);
		assertThat(this.signal.sharedSince()).isZero();
	}

	private boolean isWoken() throws InterruptedException {
		return this.signal.await(Duration.ZERO);
	}

}
