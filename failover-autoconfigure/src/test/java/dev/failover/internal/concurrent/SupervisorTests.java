package dev.failover.internal.concurrent;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import dev.failover.internal.concurrent.SupervisedThread.Turn;
import dev.failover.stub.Failures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Supervisor} and {@link SupervisedThread}.
 */
@Timeout(60)
final class SupervisorTests {

	private final ScarceThreads factory = new ScarceThreads();

	private final AtomicInteger turns = new AtomicInteger();

	private final CountDownLatch ended = new CountDownLatch(1);

	private volatile Turn turn = () -> {
	};

	private final SupervisedThread thread = new SupervisedThread("failover-test", Duration.ofSeconds(1), new Turn() {

		@Override
		public void run() throws InterruptedException {
			SupervisorTests.this.turns.incrementAndGet();
			TimeUnit.MILLISECONDS.sleep(1);
			SupervisorTests.this.turn.run();
		}

		@Override
		public void end() {
			SupervisorTests.this.ended.countDown();
		}

	}, this.factory);

	private final Supervisor supervisor = new Supervisor(List.of(this.thread), () -> {
	}, Clock.systemUTC(), DaemonThreads.named(""));

	@AfterEach
	void close() {
		this.supervisor.close(Duration.ofSeconds(1));
	}

	@ParameterizedTest
	@MethodSource("dev.failover.stub.Failures#all")
	void anErrorEndsTheTurnOnly(Supplier<Throwable> failure) {
		this.turn = () -> Failures.raise(failure.get());
		this.supervisor.start();
		await().until(() -> this.turns.get() >= 5);
		assertThat(this.supervisor.problem()).isNull();
		assertThat(this.factory.made()).hasSize(1).allMatch(Thread::isAlive);
	}

	@Test
	void anInterruptByAnotherEndsTheTurnOnly() {
		this.turn = () -> Thread.currentThread().interrupt();
		this.supervisor.start();
		await().until(() -> this.turns.get() >= 5);
		assertThat(this.factory.made()).hasSize(1).allMatch(Thread::isAlive);
	}

	@Test
	void aThreadThatCannotBeMadeIsMadeAsSoonAsItCan() {
		this.factory.exhaust(true);
		this.supervisor.start();
		assertThat(String.valueOf(this.supervisor.problem())).contains("'failover-test'",
				"unable to create native thread");
		this.factory.exhaust(false);
		await().until(() -> this.turns.get() > 0 && this.supervisor.problem() == null);
	}

	@Test
	void aThreadThatHasEndedIsStartedAgain() throws Exception {
		AtomicInteger made = new AtomicInteger();
		SupervisedThread mortal = new SupervisedThread("failover-mortal", Duration.ofSeconds(1),
				this.turns::incrementAndGet,
				(work) -> DaemonThreads.create("failover-mortal", (made.getAndIncrement() == 0) ? () -> {
				} : work));
		Supervisor watching = new Supervisor(List.of(mortal), () -> {
		}, Clock.systemUTC(), DaemonThreads.named(""));
		watching.start();
		await().until(() -> this.turns.get() > 0 && watching.problem() == null);
		watching.close(Duration.ofSeconds(1));
		assertThat(mortal.isAlive()).isFalse();
	}

	@Test
	void aTurnThatDoesNotEndIsToldUntilItDoes() {
		CountDownLatch stuck = new CountDownLatch(1);
		this.turn = () -> stuck.await(1, TimeUnit.MINUTES);
		this.supervisor.start();
		await().until(() -> this.supervisor.problem() != null);
		assertThat(String.valueOf(this.supervisor.problem())).contains("has not ended a turn for 1 s");
		stuck.countDown();
		await().until(() -> this.supervisor.problem() == null);
	}

	@Test
	void closingEndsTheThreadInOrder() throws Exception {
		this.supervisor.start();
		await().until(() -> this.turns.get() > 0);
		this.supervisor.close(Duration.ofSeconds(10));
		assertThat(this.ended.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.thread.isAlive()).isFalse();
		assertThat(this.thread.start()).isFalse();
	}

}
