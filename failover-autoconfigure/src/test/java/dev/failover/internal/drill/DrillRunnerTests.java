package dev.failover.internal.drill;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import dev.failover.DrillFault;
import dev.failover.FailoverState;
import dev.failover.FailoverStateFixture;
import dev.failover.OperationRefusedException;
import dev.failover.internal.drill.Drill.Counters;
import dev.failover.internal.drill.Drill.Order;
import dev.failover.internal.routing.StubNodePair;
import dev.failover.stub.Failures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.failover.NodeStatusFixture.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link DrillRunner} and {@link Drill}.
 */
@Timeout(60)
final class DrillRunnerTests {

	private final StubNodePair pair = new StubNodePair();

	private final Rehearsal rehearsal = new Rehearsal();

	private final ExecutorService workers = Executors.newCachedThreadPool();

	private final DrillRunner runner = new DrillRunner(true, this.workers, Clock.systemUTC());

	@AfterEach
	void close() {
		this.workers.shutdownNow();
		this.pair.close();
	}

	@Test
	void aDrillEndsByItself() {
		assertThat(this.runner.run(drill(FailoverStateFixture::normal))).succeedsWithin(Duration.ofSeconds(10));
		assertThat(isRehearsing()).isFalse();
	}

	@Test
	void onlyOneDrillRunsAtATime() {
		this.runner.run(drill(FailoverStateFixture::normal));
		assertThat(isRehearsing()).isTrue();
		assertThatExceptionOfType(OperationRefusedException.class)
			.isThrownBy(() -> this.runner.run(drill(FailoverStateFixture::normal)));
	}

	@ParameterizedTest
	@MethodSource("dev.failover.stub.Failures#all")
	void anErrorAtItsBeginningEndsADrill(Supplier<Throwable> failure) {
		Throwable expected = failure.get();
		assertThat(catchThrowable(() -> this.runner.run(drill(() -> raise(expected))))).isSameAs(expected);
		assertThat(isRehearsing()).isFalse();
		assertThat(this.runner.run(drill(FailoverStateFixture::normal))).succeedsWithin(Duration.ofSeconds(10));
	}

	@Test
	void anErrorInItsReportEndsADrill() {
		int[] calls = { 0 };
		assertThat(this.runner.run(drill(() -> (calls[0]++ == 0) ? FailoverStateFixture.normal()
				: raise(new IllegalStateException("no report")))))
			.failsWithin(Duration.ofSeconds(10));
		assertThat(isRehearsing()).isFalse();
		assertThat(this.runner.run(drill(FailoverStateFixture::normal))).succeedsWithin(Duration.ofSeconds(10));
	}

	@Test
	void aDrillEndsWithoutAWorker() {
		DrillRunner alone = new DrillRunner(true, (end) -> {
			throw new RejectedExecutionException("no worker");
		}, Clock.systemUTC());
		alone.run(drill(FailoverStateFixture::normal));
		await().until(() -> !isRehearsing());
	}

	private static FailoverState raise(Throwable failure) {
		Failures.raise(failure);
		throw new IllegalStateException("not reached");
	}

	private boolean isRehearsing() {
		return catchThrowable(this.rehearsal::applyBeforeConnect) != null;
	}

	private Drill drill(Supplier<FailoverState> states) {
		return new Drill(new Order(PRIMARY, DrillFault.REFUSE, Duration.ofMillis(200)), this.pair.primaryPool,
				this.rehearsal, new Counters(() -> 0, () -> 0), states);
	}

}
