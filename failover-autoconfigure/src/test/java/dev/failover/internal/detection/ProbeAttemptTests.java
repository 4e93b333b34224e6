package dev.failover.internal.detection;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

import dev.failover.ErrorClass;
import dev.failover.Node;
import dev.failover.Verdict;
import dev.failover.dialect.ReplicationReading;
import dev.failover.internal.detection.KeptConnection.Problem;
import dev.failover.internal.detection.KeptConnection.Session;
import dev.failover.internal.detection.ProbeAttempt.Use;
import dev.failover.internal.error.ErrorClassification;
import dev.failover.internal.socket.ConnectionSockets;
import dev.failover.stub.StubDialect;
import dev.failover.test.stub.StubServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProbeAttempt}.
 */
final class ProbeAttemptTests {

	@AutoClose
	private final StubServer server = new StubServer();

	private final List<@Nullable ReplicationReading> replication = new ArrayList<>();

	private long now = 1;

	private final StubDialect dialect = new StubDialect();

	private final ProbeClock clock = new ProbeClock(Clock.systemUTC(), () -> this.now);

	private final DetectionSettings settings = new DetectionSettings(Duration.ofMillis(500), Duration.ofSeconds(1), 2,
			Duration.ofMillis(20), 2, null);

	private final KeptConnection kept = new KeptConnection((sockets) -> this.server.connect(),
			new ErrorClassification(List.of(this.dialect)), this.settings.interval(), this.clock);

	@Test
	void aLookThatFailsAsksOnTheKeptConnection() throws SQLException {
		open();
		this.server.refuse("08001");
		ProbeAttempt look = look();
		look.run();
		assertThat(look.outcome().verdict()).isEqualTo(Verdict.UP);
		assertThat(look.askedKept()).isTrue();
	}

	/**
	 * Otherwise the next round would find none, and log in.
	 */
	@Test
	void aLookThatIsLeftBehindAndFailsLeavesTheKeptConnectionToTheNextRound() throws SQLException {
		Session session = open();
		this.server.refuse("28P01");
		ProbeAttempt look = look();
		look.leaveBehind();
		look.run();
		assertThat(this.server.executed(StubDialect.ROLE)).isZero();
		assertThat(this.kept.take(() -> false)).isSameAs(session);
		assertThat(this.kept.loginProblem()).extracting(Problem::errorClass).isEqualTo(ErrorClass.UNAUTHORIZED);
	}

	@Test
	void anAnswerLeavesTheConnectionToTheNextProbe() throws SQLException {
		ProbeAttempt attempt = attempt(Use.KEPT);
		attempt.run();
		attempt.abandon(Runnable::run);
		assertThat(attempt.isFinished()).isTrue();
		assertThat(attempt.outcome().verdict()).isEqualTo(Verdict.UP);
		assertThat(attempt.askedKept()).isFalse();
		assertThat(attempt.server()).isNull();
		assertThat(this.replication).doesNotContainNull().hasSize(1);
		assertThat(this.server.open()).isOne();
		ProbeAttempt next = attempt(Use.KEPT);
		next.run();
		assertThat(next.askedKept()).isTrue();
		assertThat(this.server.connects()).isOne();
	}

	@Test
	void afterTheProberHasEndedNoConnectionIsKept() {
		this.kept.close();
		ProbeAttempt attempt = attempt(Use.KEPT);
		attempt.run();
		assertThat(attempt.outcome().verdict()).isEqualTo(Verdict.UP);
		assertThat(this.server.open()).isZero();
	}

	/**
	 * Its thread got a processor late. The connection is that of an attempt beside it.
	 */
	@Test
	void anAbandonedAttemptThatBeginsLateLeavesTheKeptConnectionAlone() throws SQLException {
		ProbeAttempt attempt = attempt(Use.KEPT);
		Session session = open();
		attempt.abandon(Runnable::run);
		attempt.run();
		assertThat(this.server.aborts()).isZero();
		assertThat(this.server.connects()).isOne();
		assertThat(this.kept.take(() -> false)).isSameAs(session);
	}

	@ParameterizedTest
	@ValueSource(strings = { "connect", StubDialect.ROLE })
	void anAttemptThatIsAbandonedWhileItAsksLeavesNoConnection(String call) {
		ProbeAttempt attempt = attempt(Use.FRESH);
		this.server.interfere((current) -> {
			if (current.equals(call)) {
				attempt.abandon(Runnable::run);
			}
		});
		attempt.run();
		assertThat(attempt.isFinished()).isTrue();
		assertThat(this.server.aborts()).isOne();
		assertThat(this.server.open()).isZero();
		assertThat(this.server.executed(StubDialect.REPLICATION)).isZero();
	}

	@Test
	void theConnectionOfAnAbandonedAttemptIsAbortedByTheExecutor() {
		List<Runnable> work = new ArrayList<>();
		ProbeAttempt attempt = attempt(Use.FRESH);
		this.server.interfere((current) -> {
			if (current.equals(StubDialect.REPLICATION)) {
				attempt.abandon(work::add);
				assertThat(this.server.aborts()).isZero();
				work.forEach(Runnable::run);
				assertThat(this.server.aborts()).isOne();
			}
		});
		attempt.run();
		assertThat(work).hasSize(1);
		assertThat(attempt.outcome().verdict()).isEqualTo(Verdict.UP);
		assertThat(this.server.open()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "true, IMPAIRED", "false, DOWN" })
	void onlyALackOfThisProcessSaysNothingAgainstTheNode(boolean own, Verdict verdict) {
		this.server.raise(StubDialect.ROLE,
				() -> own ? new OutOfMemoryError("no memory") : new LinkageError("no class"));
		ProbeAttempt attempt = attempt(Use.KEPT);
		attempt.run();
		assertThat(attempt.isOwnFault()).isEqualTo(own);
		assertThat(attempt.outcome().verdict()).isEqualTo(verdict);
		assertThat(attempt.reading()).isNull();
		assertThat(this.server.aborts()).isOne();
		assertThat(this.replication).isEmpty();
	}

	@Test
	void anErrorAfterTheAnswerCostsTheReplicationAndTheConnection() {
		this.server.raise(StubDialect.REPLICATION, () -> new LinkageError("no class"));
		ProbeAttempt attempt = attempt(Use.KEPT);
		attempt.run();
		assertThat(attempt.outcome().verdict()).isEqualTo(Verdict.UP);
		assertThat(attempt.reading()).isNotNull();
		assertThat(this.replication).containsOnlyNulls().hasSize(1);
		assertThat(this.server.aborts()).isOne();
		assertThat(this.kept.loginPause()).isNull();
	}

	@Test
	void withoutAnAnswerTheOutcomeIsSilence() {
		ProbeAttempt attempt = attempt(Use.KEPT);
		this.now += 7;
		assertThat(attempt.outcome().verdict()).isEqualTo(Verdict.DOWN);
		assertThat(attempt.outcome().error()).isEqualTo("no answer within the deadline");
		assertThat(attempt.outcome().took()).isEqualTo(Duration.ofNanos(7));
		assertThat(attempt.startedNanos()).isOne();
	}

	/**
	 * An attempt that has not begun waits for a processor, and one that has ended does
	 * not.
	 */
	@Test
	void anAttemptIsOverdueAfterItsDeadlineOnceItDoesNotWaitForAProcessor() {
		ProbeAttempt ended = attempt(Use.KEPT);
		ended.run();
		ProbeAttempt waiting = attempt(Use.KEPT);
		long timeout = this.settings.timeout().toNanos();
		this.now += timeout;
		assertThat(ended.isOverdue()).isFalse();
		this.now++;
		assertThat(ended.isOverdue()).isTrue();
		assertThat(waiting.isOverdue()).isFalse();
		this.now += (AnswerDeadline.LONGEST - 1) * timeout - 1;
		assertThat(waiting.isOverdue()).isFalse();
		this.now++;
		assertThat(waiting.isOverdue()).isTrue();
	}

	private Session open() throws SQLException {
		Session session = this.kept.open(new ConnectionSockets());
		this.kept.keep(session);
		return session;
	}

	private ProbeAttempt look() {
		return attempt(Use.LOOK_AGAIN);
	}

	private ProbeAttempt attempt(Use use) {
		ProbeTarget target = new ProbeTarget(new Node("primary"), this.server.url(), this.kept,
				NodeReader.of(this.dialect, null), this.settings, this.clock, new Replications());
		return new ProbeAttempt(target, use, new LinkedBlockingQueue<>(), 0);
	}

	/**
	 * Listener that records the readings of replication.
	 */
	private final class Replications implements ProbeListener {

		@Override
		public void probed(ProbeResult result) {
		}

		@Override
		public void replicationRead(Node node, @Nullable ReplicationReading reading, Instant at) {
			ProbeAttemptTests.this.replication.add(reading);
		}

	}

}
