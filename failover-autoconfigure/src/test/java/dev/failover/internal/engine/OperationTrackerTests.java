package dev.failover.internal.engine;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

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

	private static final Operation FAILBACK = new Operation(Action.FAILBACK, FailoverStateFixture.PRIMARY, null, "dave",
			FailoverStateFixture.START);

	private static final Operation PAUSE = new Operation(Action.PAUSE, null, null, "carol", FailoverStateFixture.START);

	private static final Operation DRILL = new Operation(Action.DRILL, FailoverStateFixture.PRIMARY, null, "bob",
			FailoverStateFixture.START);

	private final ChangePublisher publisher = new ChangePublisher(Runnable::run);

	private final List<String> ended = new ArrayList<>();

	private final OperationTracker tracker = tracker(Runnable::run);

	private OperationTracker tracker(Executor workers) {
		return new OperationTracker(this.publisher, FailoverStateFixture::normal,
				Clock.fixed(FailoverStateFixture.PROBED, ZoneOffset.UTC), workers);
	}

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
	void anOperationThatExcludesNoneDoesNotReplaceTheCurrentOne() {
		CompletableFuture<String> work = new CompletableFuture<>();
		this.tracker.run(SWITCHOVER, () -> work);
		this.tracker.run(PAUSE, () -> CompletableFuture.completedFuture("done"));
		assertThat(this.tracker.current()).isEqualTo(SWITCHOVER);
		work.complete("moved");
		assertThat(this.ended).containsExactly("carol DONE", "alice DONE");
	}

	@Test
	void aDrillAndASwitchoverExcludeEachOther() {
		assertExcludes(SWITCHOVER, DRILL);
		assertExcludes(DRILL, SWITCHOVER);
		assertExcludes(SWITCHOVER, FAILBACK);
	}

	private void assertExcludes(Operation first, Operation second) {
		CompletableFuture<String> work = new CompletableFuture<>();
		this.tracker.run(PAUSE, () -> {
			this.tracker.run(first, () -> work);
			return CompletableFuture.completedFuture("done");
		});
		assertThatExceptionOfType(OperationRefusedException.class)
			.isThrownBy(() -> this.tracker.run(second, () -> CompletableFuture.completedFuture("done")))
			.withMessageContaining("'" + first.action().label() + "' of " + first.operator() + " is under way");
		assertThat(this.ended).last().isEqualTo(second.operator() + " REFUSED");
		assertThat(this.tracker.current()).isEqualTo(first);
		work.complete("done");
		assertThat(this.tracker.run(second, () -> CompletableFuture.completedFuture("done"))).isCompleted();
	}

	/**
	 * Those who wait for the end of an operation may block.
	 */
	@Test
	void theEndIsPublishedOnAWorkerOrWithoutOneAtOnce() {
		List<Runnable> work = new ArrayList<>();
		assertThat(tracker(work::add).run(PAUSE, () -> CompletableFuture.completedFuture("done"))).isNotCompleted();
		assertThat(work).hasSize(1);
		assertThat(tracker((end) -> {
			throw new RejectedExecutionException("closed");
		}).run(PAUSE, () -> CompletableFuture.completedFuture("done"))).isCompleted();
	}

}
