package dev.failover.cluster;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with poolers that lend a session for a transaction. Only these can pause: others
 * wait until all clients have left.
 */
class TransactionPoolingTests extends PgBouncerTests {

	private static final Duration PAUSE = Duration.ofSeconds(6);

	TransactionPoolingTests() {
		super("transaction");
	}

	@Test
	void anAnnouncedPauseFailsNothingAndChangesNothing() {
		try (Application application = application(); Writers writers = Writers.start(application)) {
			application.failover().pause("test").join();
			pooler().pause();
			application.await("silence", () -> application.node("primary").isLost());
			CompletableFuture<Integer> late = CompletableFuture
				.supplyAsync(() -> application.jdbc().queryForObject("select 1", Integer.class));
			Awaitility.await("a pause longer than the pool's validation-timeout")
				.atMost(PAUSE.multipliedBy(5))
				.during(PAUSE)
				.until(() -> application.state().changes().size() == 1 && !late.isDone());
			pooler().resume();
			long resumed = System.nanoTime();
			writers.awaitSuccesses();
			application.await("answer", () -> application.node("primary").isUp());
			application.failover().resume("test").join();
			application.awaitReady();
			writers.awaitSuccesses();
			writers.stop();
			report("announced pause", writers, resumed);
			assertThat(late.join()).isOne();
			assertThat(writers.failures()).isEmpty();
			assertThat(application.state().changes()).hasSize(1);
		}
	}

	@Test
	void afterAPauseThatWasNotAnnouncedWritesReturnAndNothingIsLost() {
		assertThatWritesReturnAfter("pause", pooler()::pause, pooler()::resume);
	}

}
