package dev.failover.internal.detection;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import dev.failover.Node;
import dev.failover.Verdict;
import dev.failover.dialect.ReplicationReading;
import dev.failover.internal.detection.ProbeAttempt.Use;
import dev.failover.internal.error.ErrorClassification;
import dev.failover.internal.socket.ConnectionSockets;
import dev.failover.stub.StubDialect;
import dev.failover.test.stub.StubServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ProbeRound}. An attempt runs when it is started, or is silent: then
 * the test runs it after the round, as a thread that gets a processor late.
 */
@Timeout(60)
final class ProbeRoundTests {

	@AutoClose
	private final StubServer server = new StubServer();

	private final DetectionSettings settings = new DetectionSettings(Duration.ofMillis(500), Duration.ofMillis(200), 2,
			Duration.ofMillis(20), 2, null);

	private final ProbeClock clock = new ProbeClock(Clock.systemUTC(), System::nanoTime);

	private final RoundTripEstimator roundTrips = new RoundTripEstimator(this.settings);

	private final KeptConnection kept = new KeptConnection((sockets) -> this.server.connect(),
			new ErrorClassification(List.of(new StubDialect())), this.settings.interval(), this.clock);

	private final List<Verdict> outcomes = new ArrayList<>();

	private final List<Runnable> silent = new ArrayList<>();

	@Test
	void theFirstAnswerEndsTheRound() throws Exception {
		assertThat(round(Runnable::run, 2, Use.KEPT)).hasSize(1);
		assertThat(this.outcomes).containsExactly(Verdict.UP);
		assertThat(this.server.connects()).isOne();
	}

	@Test
	void onlyAnAnswerOnTheKeptConnectionTellsTheRoundTrip() throws Exception {
		round(Runnable::run, 2, Use.KEPT);
		assertThat(this.roundTrips.current()).isEqualTo(this.settings.overlap());
		round(Runnable::run, 2, Use.KEPT);
		assertThat(this.roundTrips.current()).isLessThan(this.settings.overlap());
	}

	@Test
	void aLostConnectionIsReplacedByAFreshOneAtOnce() throws Exception {
		keepOne();
		this.server.restart();
		assertThat(round(Runnable::run, 2, Use.KEPT)).hasSize(2);
		assertThat(this.outcomes).containsExactly(Verdict.DOWN, Verdict.UP);
	}

	@Test
	void aLostConnectionIsNotReplacedInARoundOfOneAttempt() throws Exception {
		keepOne();
		this.server.restart();
		assertThat(round(Runnable::run, 1, Use.KEPT)).hasSize(1);
		assertThat(this.outcomes).containsExactly(Verdict.DOWN);
	}

	@Test
	void aRefusedConnectEndsTheRound() throws Exception {
		this.server.refuse("08001");
		assertThat(round(Runnable::run, 2, Use.KEPT)).hasSize(1);
		assertThat(this.outcomes).containsExactly(Verdict.DOWN);
		assertThat(this.server.connects()).isOne();
	}

	@Test
	void anAnswerBesideASilentAttemptEndsTheRoundAndTheAttempt() throws Exception {
		keepOne();
		assertThat(round(this::silentFirst, 2, Use.KEPT)).hasSize(2);
		assertThat(this.outcomes).containsExactly(Verdict.UP);
		assertThat(this.server.connects()).isEqualTo(2);
		this.silent.forEach(Runnable::run);
		assertThat(this.server.executed(StubDialect.ROLE)).isOne();
		assertThat(this.server.open()).isOne();
	}

	/** A round of one attempt is that of a node which is lost. */
	@Test
	void besideASilentLookTheKeptConnectionIsAskedAndTheLookGoesOn() throws Exception {
		keepOne();
		List<ProbeAttempt> attempts = round(this::silentFirst, 1, Use.LOOK_AGAIN);
		assertThat(attempts).extracting(ProbeAttempt::looksAgain).containsExactly(true, false);
		assertThat(attempts.get(1).askedKept()).isTrue();
		assertThat(this.outcomes).containsExactly(Verdict.UP);
		assertThat(this.server.connects()).isOne();
		this.silent.forEach(Runnable::run);
		assertThat(this.server.connects()).isEqualTo(2);
		assertThat(attempts.get(0).outcome().verdict()).isEqualTo(Verdict.UP);
	}

	@Test
	void anAttemptThatCannotBeStartedEndsTheRoundAndTheOtherAttempts() {
		Executor full = (work) -> {
			if (!this.silent.isEmpty()) {
				throw new RejectedExecutionException("no thread");
			}
			this.silent.add(work);
		};
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> round(full, 2, Use.KEPT));
		this.silent.forEach(Runnable::run);
		assertThat(this.outcomes).isEmpty();
		assertThat(this.server.connects()).isZero();
	}

	private void silentFirst(Runnable work) {
		if (this.silent.isEmpty()) {
			this.silent.add(work);
		}
		else {
			work.run();
		}
	}

	private void keepOne() throws SQLException {
		this.kept.keep(this.kept.open(new ConnectionSockets()));
	}

	private List<ProbeAttempt> round(Executor workers, int most, Use first) throws InterruptedException {
		ProbeTarget target = new ProbeTarget(new Node("primary"), this.server.url(), this.kept,
				NodeReader.of(new StubDialect(), null), this.settings, this.clock, new Unheard());
		return new ProbeRound(target, workers, Runnable::run, this.roundTrips,
				(attempt) -> this.outcomes.add(attempt.outcome().verdict()))
			.run(most, first);
	}

	/**
	 * Listener that ignores all results.
	 */
	private static final class Unheard implements ProbeListener {

		@Override
		public void probed(ProbeResult result) {
		}

		@Override
		public void replicationRead(Node node, @Nullable ReplicationReading reading, Instant at) {
		}

	}

}
