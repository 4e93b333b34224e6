package dev.failover.internal.engine;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import dev.failover.FailoverObserver;
import dev.failover.Operation;
import dev.failover.Operation.Action;
import dev.failover.Operation.Outcome;
import dev.failover.OperationRefusedException;
import dev.failover.FailoverStateFixture;
import dev.failover.internal.monitor.ChangePublisher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link OperationTracker}.
 */
final class OperationTrackerTests {

	private static final Operation SWITCHOVER = new Operation(Action.SWITCHOVER, FailoverStateFixture.MIRROR, null,
			"alice", FailoverStateFixture.START);

	private static final Operation DRILL = new Operation(Action.DRILL, FailoverStateFixture.PRIMARY, null, "bob",
			FailoverStateFixture.START);

	private final ChangePublisher publisher = new ChangePublisher(Runnable::run);

	private final List<String> ended = new ArrayList<>();

	private final OperationTracker tracker = new OperationTracker(this.publisher, FailoverStateFixture::normal,
			Clock.fixed(FailoverStateFixture.PROBED, ZoneOffset.UTC));

	@BeforeEach
	void observe() {
		this.publisher.attach(List.of(new FailoverObserver() {

			@Override
			public void operationEnded(Operation operation, Outcome outcome) {
				OperationTrackerTests.this.ended.add(operation.operator() + " " + outcome);
			}

		}));
	}

	@Test
	void anOperationIsCurrentUntilItEnds() {
		CompletableFuture<String> work = new CompletableFuture<>();
		CompletableFuture<String> outcome = this.tracker.run(SWITCHOVER, () -> work);
		assertThat(this.tracker.current()).isEqualTo(SWITCHOVER);
		assertThat(this.ended).isEmpty();
		work.complete("moved");
		assertThat(outcome).isCompletedWithValue("moved");
		assertThat(this.tracker.current()).isNull();
		assertThat(this.ended).containsExactly("alice DONE");
	}

	@Test
	void aRefusalIsPassedOnAsItIs() {
		OperationRefusedException refusal = new OperationRefusedException("not now");
		CompletableFuture<String> outcome = this.tracker.run(SWITCHOVER,
				() -> CompletableFuture.failedFuture(new CompletionException(refusal)));
		assertThat(outcome.isCompletedExceptionally()).isTrue();
		assertThat(outcome.handle((result, failure) -> failure)).isCompletedWithValue(refusal);
		assertThat(this.ended).containsExactly("alice REFUSED");
	}

	@Test
	void anExceptionOfTheStartIsThrownAndPublished() {
		assertThatExceptionOfType(OperationRefusedException.class).isThrownBy(() -> this.tracker.run(DRILL, () -> {
			throw new OperationRefusedException("not now");
		}));
		assertThat(this.tracker.current()).isNull();
		assertThat(this.ended).containsExactly("bob REFUSED");
	}

	@Test
	void anUnexpectedErrorIsAFailure() {
		this.tracker.run(SWITCHOVER, () -> CompletableFuture.failedFuture(new IllegalStateException("broken")));
		assertThat(this.ended).containsExactly("alice FAILED");
	}

	@Test
	void aConcurrentOperationDoesNotReplaceTheCurrentOne() {
		CompletableFuture<String> work = new CompletableFuture<>();
		this.tracker.run(SWITCHOVER, () -> work);
		this.tracker.run(DRILL, () -> CompletableFuture.completedFuture("done"));
		assertThat(this.tracker.current()).isEqualTo(SWITCHOVER);
		work.complete("moved");
		assertThat(this.ended).containsExactly("bob DONE", "alice DONE");
	}

}
