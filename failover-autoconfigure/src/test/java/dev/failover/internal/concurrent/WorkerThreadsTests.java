package dev.failover.internal.concurrent;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import dev.failover.stub.Failures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link WorkerThreads}.
 */
@Timeout(60)
final class WorkerThreadsTests {

	private static final int RESERVE = 2;

	private static final int MOST = 4;

	private final ScarceThreads factory = new ScarceThreads();

	private final WorkerThreads workers = new WorkerThreads(this.factory, RESERVE, MOST);

	private final CountDownLatch end = new CountDownLatch(1);

	private final AtomicInteger begun = new AtomicInteger();

	@AfterEach
	void stop() {
		this.end.countDown();
		this.workers.stop();
	}

	@Test
	void theReserveWorksWhileNoThreadCanBeMade() {
		this.workers.prestart();
		this.factory.exhaust(true);
		block(RESERVE);
		await().until(() -> this.begun.get() == RESERVE);
	}

	@Test
	void workThatFindsNoThreadIsDoneByTheNextFreeOne() {
		this.workers.prestart();
		this.factory.exhaust(true);
		block(RESERVE + 3);
		await().until(() -> this.begun.get() == RESERVE);
		this.end.countDown();
		await().until(() -> this.begun.get() == RESERVE + 3);
	}

	@Test
	void aThreadIsMadeLaterForWorkThatWaits() {
		this.workers.prestart();
		this.factory.exhaust(true);
		block(RESERVE + 1);
		await().until(() -> this.begun.get() == RESERVE);
		this.factory.exhaust(false);
		this.workers.prestart();
		await().until(() -> this.begun.get() == RESERVE + 1);
	}

	@Test
	void anotherThreadIsMadeIfAllAreBusyUpToALimit() {
		this.workers.prestart();
		block(MOST + 3);
		await().until(() -> this.begun.get() == MOST);
		assertThat(this.workers.size()).isEqualTo(MOST);
		this.end.countDown();
		await().until(() -> this.begun.get() == MOST + 3);
	}

	@Test
	void theReserveIsMadeLaterIfItCouldNotBeMadeAtFirst() {
		this.factory.exhaust(true);
		this.workers.prestart();
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> block(1));
		this.factory.exhaust(false);
		block(1);
		await().until(() -> this.begun.get() == 1);
	}

	@ParameterizedTest
	@MethodSource("dev.failover.stub.Failures#all")
	void anErrorOfTheWorkDoesNotEndItsThread(Supplier<Throwable> failure) {
		this.workers.prestart();
		this.factory.exhaust(true);
		List<Thread> before = this.factory.made();
		for (int i = 0; i < 20; i++) {
			this.workers.execute(() -> Failures.raise(failure.get()));
		}
		block(RESERVE);
		await().until(() -> this.begun.get() == RESERVE);
		assertThat(before).hasSize(RESERVE).allMatch(Thread::isAlive);
	}

	@Test
	void nothingIsExecutedAfterTheEnd() {
		this.workers.prestart();
		this.workers.stop();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> block(1));
		await().until(() -> this.workers.size() == 0);
	}

	private void block(int times) {
		for (int i = 0; i < times; i++) {
			this.workers.execute(() -> {
				this.begun.incrementAndGet();
				try {
					this.end.await(1, TimeUnit.MINUTES);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			});
		}
	}

}
