package dev.failover.internal.monitor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.failover.OperationRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Messages of other threads to the monitor, in order. If too many wait, the oldest are
 * dropped. Thread-safe.
 */
final class Inbox {

	/** Most messages that wait. The oldest are dropped; later ones tell the same. */
	private static final int MOST_MESSAGES = 1_000;

	private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>(MOST_MESSAGES);

	/**
	 * Adds a message. Does not block.
	 */
	void send(Message message) {
		while (!this.messages.offer(message)) {
			Message oldest = this.messages.poll();
			if (oldest != null) {
				oldest.drop();
			}
		}
	}

	/**
	 * Adds the request of an operator.
	 * @param order executes it on the monitor's thread, and completes the outcome
	 * @return its outcome
	 */
	<T> CompletableFuture<T> order(Consumer<CompletableFuture<T>> order) {
		CompletableFuture<T> outcome = new CompletableFuture<>();
		send(new Order<>(order, outcome));
		return outcome;
	}

	/**
	 * Waits for a message.
	 * @return the message, or null if there was none in time
	 */
	@Nullable Runnable poll(Duration timeout) throws InterruptedException {
		Message message = this.messages.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
		return (message != null) ? message::handle : null;
	}

	/**
	 * Refuses the requests of operators that wait.
	 */
	void refuseAll() {
		List<Message> left = new ArrayList<>();
		this.messages.drainTo(left);
		left.forEach(Message::drop);
	}

	/**
	 * Message to the monitor.
	 */
	@FunctionalInterface
	interface Message {

		void handle();

		/**
		 * Called instead of {@link #handle} if too many messages wait.
		 */
		default void drop() {
		}

	}

	/**
	 * Request of an operator.
	 */
	private record Order<T>(Consumer<CompletableFuture<T>> order, CompletableFuture<T> outcome) implements Message {

		@Override
		public void handle() {
			try {
				this.order.accept(this.outcome);
			}
			catch (Throwable ex) {
				this.outcome.completeExceptionally(ex);
			}
		}

		@Override
		public void drop() {
			this.outcome.completeExceptionally(
					new OperationRefusedException("Failover is closed, or its engine does not work at this moment"));
		}

	}

}
