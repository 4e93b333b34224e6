package dev.failover.internal.detection;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link AttemptThread}.
 */
@Timeout(60)
final class AttemptThreadTests {

	private final AttemptThread worker = new AttemptThread();

	@Test
	void doesNotWaitBeforeItHasBegun() {
		assertThat(this.worker.isWaiting()).isFalse();
		assertThat(this.worker.processorTime()).isZero();
	}

	@Test
	void waitsInTheOperatingSystem() throws InterruptedException {
		CountDownLatch end = new CountDownLatch(1);
		Thread thread = start(() -> {
			try {
				end.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		await().until(this.worker::isWaiting);
		end.countDown();
		thread.join();
		assertThat(this.worker.isWaiting()).isTrue();
	}

	@Test
	void worksOrWaitsForAnotherThread() throws InterruptedException {
		AtomicBoolean end = new AtomicBoolean();
		Thread thread;
		synchronized (this) {
			thread = start(() -> {
				long sum = 0;
				while (!end.get()) {
					sum += System.identityHashCode(this);
				}
				synchronized (this) {
					this.notifyAll();
				}
				assertThat(sum).isNotZero();
			});
			await().until(() -> this.worker.processorTime() > 5_000_000);
			end.set(true);
			await().until(() -> thread.getState() == Thread.State.BLOCKED);
			assertThat(this.worker.isWaiting()).isFalse();
		}
		thread.join();
		assertThat(this.worker.processorTime()).isZero();
	}

	private Thread start(Runnable work) {
		Thread thread = new Thread(() -> {
			this.worker.begin();
			work.run();
			this.worker.end();
		}, "worker");
		thread.start();
		return thread;
	}

}
