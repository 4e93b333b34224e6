package dev.failover.internal.monitor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import dev.failover.OperationRefusedException;
import dev.failover.stub.Failures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Inbox}.
 */
final class InboxTests {

	private final Inbox inbox = new Inbox();

	private final List<Integer> handled = new ArrayList<>();

	@Test
	void theOldestOfTooManyMessagesAreDropped() throws InterruptedException {
		CompletableFuture<String> order = this.inbox.order((outcome) -> outcome.complete("done"));
		for (int i = 1; i <= 3_000; i++) {
			int number = i;
			this.inbox.send(() -> this.handled.add(number));
		}
		assertThat(order.handle((result, failure) -> failure))
			.isCompletedWithValueMatching(OperationRefusedException.class::isInstance);
		handleAll();
		assertThat(this.handled).hasSize(1_000).last().isEqualTo(3_000);
	}

	@ParameterizedTest
	@MethodSource("dev.failover.stub.Failures#all")
	void anOrderThatThrowsFails(Supplier<Throwable> failure) throws InterruptedException {
		Throwable expected = failure.get();
		CompletableFuture<String> order = this.inbox.order((outcome) -> Failures.raise(expected));
		handleAll();
		assertThat(order.handle((result, thrown) -> thrown)).isCompletedWithValue(expected);
	}

	@Test
	void ordersThatWaitAreRefusedAtTheEnd() {
		CompletableFuture<String> order = this.inbox.order((outcome) -> outcome.complete("done"));
		this.inbox.refuseAll();
		assertThat(order).isCompletedExceptionally();
	}

	private void handleAll() throws InterruptedException {
		for (Runnable next = this.inbox.poll(Duration.ZERO); next != null; next = this.inbox.poll(Duration.ZERO)) {
			next.run();
		}
	}

}
