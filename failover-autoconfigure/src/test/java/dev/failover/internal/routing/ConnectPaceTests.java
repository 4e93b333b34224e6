package dev.failover.internal.routing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectPace}.
 */
@Timeout(60)
final class ConnectPaceTests {

	private static final long LOGIN = TimeUnit.MILLISECONDS.toNanos(20);

	private final AtomicInteger asked = new AtomicInteger();

	@Test
	void aPoolThatGivesWayPausesForNineTimesItsLastLogin() {
		ConnectPace pace = new ConnectPace(this::givesWay);
		pace.connected(System.nanoTime() - LOGIN);
		long begun = System.nanoTime();
		pace.await(() -> false);
		assertThat(System.nanoTime() - begun).isGreaterThan(8 * LOGIN);
	}

	@Test
	void thePauseAfterALongLoginIsBounded() {
		ConnectPace pace = new ConnectPace(this::givesWay);
		pace.connected(System.nanoTime() - TimeUnit.HOURS.toNanos(1));
		pace.await(() -> false);
		assertThat(this.asked).hasValueGreaterThan(1);
	}

	@Test
	void theFirstLoginDoesNotWait() {
		new ConnectPace(this::givesWay).await(() -> false);
		assertThat(this.asked).hasValue(0);
	}

	@Test
	void aPoolThatWorkGoesToDoesNotPause() {
		ConnectPace pace = new ConnectPace(() -> {
			givesWay();
			return false;
		});
		pace.connected(System.nanoTime() - LOGIN);
		pace.await(() -> false);
		assertThat(this.asked).hasValue(1);
	}

	@Test
	void aPauseEndsWhenWorkGoesToThePoolAgain() {
		ConnectPace pace = new ConnectPace(() -> this.asked.incrementAndGet() < 3);
		pace.connected(System.nanoTime() - TimeUnit.HOURS.toNanos(1));
		pace.await(() -> false);
		assertThat(this.asked).hasValue(3);
	}

	@Test
	void thereIsNoPauseWhileWorkIsExpected() {
		ConnectPace pace = new ConnectPace(this::givesWay);
		pace.connected(System.nanoTime() - TimeUnit.HOURS.toNanos(1));
		pace.expectWork(true);
		pace.await(() -> false);
		assertThat(this.asked).hasValue(0);
		pace.expectWork(false);
		pace.await(() -> false);
		assertThat(this.asked).hasValueGreaterThan(1);
	}

	@Test
	void aPauseEndsWhenSomebodyNeedsThePool() {
		AtomicBoolean needed = new AtomicBoolean();
		ConnectPace pace = new ConnectPace(() -> {
			needed.set(this.asked.incrementAndGet() == 2);
			return true;
		});
		pace.connected(System.nanoTime() - TimeUnit.HOURS.toNanos(1));
		pace.await(needed::get);
		assertThat(this.asked).hasValue(2);
	}

	@Test
	void anInterruptedThreadDoesNotPauseAndStaysInterrupted() {
		ConnectPace pace = new ConnectPace(this::givesWay);
		pace.connected(System.nanoTime() - TimeUnit.HOURS.toNanos(1));
		Thread.currentThread().interrupt();
		pace.await(() -> false);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.asked).hasValue(1);
	}

	private boolean givesWay() {
		this.asked.incrementAndGet();
		return true;
	}

}
