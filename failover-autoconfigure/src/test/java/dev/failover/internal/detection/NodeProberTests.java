package dev.failover.internal.detection;

import java.time.Duration;
import java.time.Instant;

import dev.failover.BreakerState;
import dev.failover.ErrorClass;
import dev.failover.Probe;
import dev.failover.Role;
import dev.failover.Verdict;
import dev.failover.stub.StubDialect;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.failover.internal.detection.ProbedServer.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
final class NodeProberTests {

	/** Long enough for a busy machine to answer in. */
	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final Duration OFTEN = Duration.ofMillis(30);

	private @Nullable ProbedServer probed;

	@AfterEach
	void close() {
		if (this.probed != null) {
			this.probed.close();
		}
	}

	@Test
	void anAnswerTellsRoleAndReplication() {
		ProbedServer probed = probe(NEVER, TIMEOUT).start();
		await().until(() -> probed.replicationsRead.get() == 1);
		assertThat(probed.results).singleElement().satisfies((result) -> {
			assertThat(result.probe().verdict()).isEqualTo(Verdict.UP);
			assertThat(result.probe().error()).isNull();
			assertThat(result.reading()).isNotNull().extracting((reading) -> reading.role()).isEqualTo(Role.WRITABLE);
			assertThat(result.firstBadSignal()).isZero();
		});
	}

	@Test
	void oneConnectionIsKeptBetweenProbes() {
		ProbedServer probed = probe(OFTEN, TIMEOUT).start();
		await().until(() -> probed.good() >= 10);
		assertThat(probed.server.connects()).isOne();
	}

	@Test
	void aRefusalIsRepeatedSoonAndOpensTheBreaker() {
		ProbedServer probed = probe(NEVER, TIMEOUT);
		probed.server.refuse("08001");
		probed.start();
		await().until(() -> probed.breaker() == BreakerState.OPEN);
		await().until(() -> probed.results.size() == 2);
		assertThat(probed.verdicts()).containsExactly(Verdict.DOWN, Verdict.DOWN);
		assertThat(probed.results.get(1).breaker()).isEqualTo(BreakerState.OPEN);
		assertThat(probed.results.get(0).firstBadSignal()).isNotZero()
			.isEqualTo(probed.results.get(1).firstBadSignal());
		assertThat(probed.results.get(1).probe().error()).startsWith("08001 refused by");
	}

	/**
	 * The pause after a failure is for a server that refused; a lost connection says
	 * nothing yet of a fresh one.
	 */
	@Test
	void aLostConnectionIsConfirmedAtOnceByAFreshOne() {
		ProbedServer probed = new ProbedServer(OFTEN, TIMEOUT, NEVER);
		this.probed = probed;
		probed.start();
		await().until(() -> probed.replicationsRead.get() > 0);
		probed.server.refuse("08001");
		probed.server.fail(StubDialect.ROLE, "57P01");
		await().until(() -> probed.breaker() == BreakerState.OPEN);
		assertThat(probed.verdicts()).contains(Verdict.UP).contains(Verdict.DOWN);
	}

	/**
	 * The kept connection was closed, and the first fresh one drops on its way: another
	 * one is asked beside it, for a lost connection says nothing of the server.
	 */
	@Test
	void aDroppedLoginAfterALostConnectionIsNoLoss() {
		ProbedServer probed = probe(NEVER, TIMEOUT).start();
		await().until(() -> probed.replicationsRead.get() == 1);
		probed.server.fail(StubDialect.ROLE, "57P01");
		probed.server.ignoreConnects();
		probed.signal.wake();
		await().until(() -> probed.server.waitingConnects() == 2);
		probed.server.answer(StubDialect.ROLE);
		probed.server.accept();
		await().until(() -> probed.results.size() >= 3);
		assertThat(probed.verdicts()).startsWith(Verdict.UP, Verdict.DOWN, Verdict.UP);
		assertThat(probed.breaker()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void aServerThatStartsUpIsDown() {
		ProbedServer probed = probe(NEVER, TIMEOUT);
		probed.server.refuse("57P03");
		probed.start();
		await().until(() -> probed.breaker() == BreakerState.OPEN);
	}

	@ParameterizedTest
	@CsvSource({ "28P01, UNAUTHORIZED", "28000, UNAUTHORIZED", "53300, OVERLOADED", "3D000, APPLICATION",
			"42501, APPLICATION" })
	void aServerThatAnswersWithAnErrorIsImpaired(String sqlState, ErrorClass errorClass) {
		ProbedServer probed = probe(OFTEN, TIMEOUT);
		probed.server.refuse(sqlState);
		probed.start();
		await().until(() -> probed.results.size() >= 5);
		assertThat(probed.verdicts()).containsOnly(Verdict.IMPAIRED);
		assertThat(probed.results).allMatch((result) -> result.probe().errorClass() == errorClass);
		assertThat(probed.breaker()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void aQueryOfTheUserThatFailsMakesItImpaired() {
		ProbedServer probed = probe(OFTEN, TIMEOUT);
		probed.server.fail("extra", "42P01");
		probed.start();
		await().until(() -> probed.results.size() >= 3);
		assertThat(probed.verdicts()).containsOnly(Verdict.IMPAIRED);
	}

	/**
	 * The confirming probe starts a quarter of the deadline after the first: well before
	 * the first has had its time.
	 */
	@Test
	void aSilentServerIsConfirmedByAnOverlappingProbe() {
		Duration timeout = Duration.ofSeconds(2);
		ProbedServer probed = probe(NEVER, timeout);
		probed.server.ignore(StubDialect.ROLE);
		probed.start();
		await().until(() -> probed.breaker() == BreakerState.OPEN);
		await().until(() -> probed.results.size() == 2);
		Probe first = probed.results.get(0).probe();
		Probe second = probed.results.get(1).probe();
		assertThat(first.took()).isGreaterThanOrEqualTo(timeout);
		assertThat(Duration.between(first.at(), second.at())).isBetween(timeout.dividedBy(5), timeout.dividedBy(2));
		assertThat(probed.results).allMatch((result) -> "no answer within the deadline".equals(result.probe().error()));
		await().until(() -> probed.server.open() == 0);
	}

	@Test
	void aServerThatAcceptsAndStaysSilentInLoginIsDown() {
		ProbedServer probed = probe(NEVER, Duration.ofMillis(400));
		probed.server.ignoreConnects();
		probed.start();
		await().until(() -> probed.breaker() == BreakerState.OPEN);
		probed.server.accept();
		await().until(() -> probed.server.connects() >= 2 && probed.server.waitingConnects() == 0);
		await().until(() -> probed.server.open() == 0);
	}

	/**
	 * The connection that was kept is dead, the server is not.
	 */
	@Test
	void aFreshAnswerBesideASilentConnectionIsGood() {
		ProbedServer probed = probe(NEVER, TIMEOUT).start();
		await().until(() -> probed.replicationsRead.get() == 1);
		probed.server.ignoreOnOpenConnections();
		probed.signal.wake();
		await().until(() -> probed.results.size() == 2);
		assertThat(probed.verdicts()).containsOnly(Verdict.UP);
		assertThat(probed.server.connects()).isEqualTo(2);
		assertThat(probed.breaker()).isEqualTo(BreakerState.CLOSED);
		await().until(() -> probed.server.aborts() == 1);
	}

	@Test
	void replicationThatHangsSpoilsNoVerdict() {
		ProbedServer probed = probe(OFTEN, Duration.ofSeconds(1));
		probed.server.ignore(StubDialect.REPLICATION);
		probed.start();
		await().until(() -> probed.replicationsUnknown.get() >= 3);
		assertThat(probed.verdicts()).containsOnly(Verdict.UP);
		probed.server.answer(StubDialect.REPLICATION);
		await().until(() -> probed.replicationsRead.get() > 0);
	}

	@Test
	void replicationThatFailsSpoilsNoVerdict() {
		ProbedServer probed = probe(OFTEN, TIMEOUT);
		probed.server.fail(StubDialect.REPLICATION, "42501");
		probed.start();
		await().until(() -> probed.replicationsUnknown.get() >= 3);
		assertThat(probed.verdicts()).containsOnly(Verdict.UP);
		assertThat(probed.server.connects()).isOne();
	}

	@Test
	void aSuspicionMakesItLookAtOnce() {
		ProbedServer probed = probe(NEVER, TIMEOUT).start();
		await().until(() -> probed.results.size() == 1);
		probed.signal.suspect();
		await().until(() -> probed.results.size() == 2);
		assertThat(probed.results.get(1).firstBadSignal()).isZero();
	}

	@Test
	void aSuspicionIsTheFirstBadSignalOfALossThatItFound() {
		ProbedServer probed = probe(NEVER, TIMEOUT).start();
		await().until(() -> probed.results.size() == 1);
		probed.server.refuse("08001");
		probed.server.fail(StubDialect.ROLE, "57P01");
		long before = System.nanoTime();
		probed.signal.suspect();
		long after = System.nanoTime();
		await().until(() -> probed.results.size() == 3);
		assertThat(probed.results.get(2).breaker()).isEqualTo(BreakerState.OPEN);
		assertThat(probed.results.get(2).firstBadSignal()).isBetween(before, after);
	}

	@Test
	void manySuspicionsAreOneLook() {
		ProbedServer probed = probe(NEVER, TIMEOUT).start();
		await().until(() -> probed.results.size() == 1);
		for (int i = 0; i < 10_000; i++) {
			probed.signal.suspect();
		}
		await().until(() -> probed.results.size() >= 2);
		await().pollDelay(Duration.ofMillis(200)).until(() -> true);
		assertThat(probed.results).hasSizeLessThan(100);
	}

	@Test
	void looksOftenWhileItIsUrgent() {
		ProbedServer probed = probe(Duration.ofSeconds(2), TIMEOUT).start();
		await().until(() -> probed.results.size() == 1);
		Instant begun = Instant.now();
		probed.signal.hurry();
		await().until(() -> probed.results.size() >= 8);
		assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(10));
		probed.signal.relax();
		assertThat(probed.verdicts()).containsOnly(Verdict.UP);
	}

	@Test
	void recoversByItself() {
		ProbedServer probed = probe(OFTEN, TIMEOUT);
		probed.server.refuse("08001");
		probed.start();
		await().until(() -> probed.breaker() == BreakerState.OPEN);
		probed.server.accept();
		await().until(() -> probed.breaker() == BreakerState.CLOSED);
		assertThat(probed.results.get(probed.results.size() - 1).firstBadSignal()).isZero();
	}

	@Test
	void aListenerThatFailsDoesNotEndIt() {
		ProbedServer probed = probe(OFTEN, TIMEOUT);
		probed.failAsListener(true);
		probed.start();
		await().until(() -> probed.results.size() >= 3);
		probed.failAsListener(false);
		await().until(() -> probed.good() >= 6);
	}

	@Test
	void leavesNoThreadAndNoConnectionBehind() {
		ProbedServer probed = probe(OFTEN, Duration.ofMillis(300)).start();
		await().until(() -> probed.good() >= 2);
		probed.server.ignore(StubDialect.ROLE);
		await().until(() -> probed.breaker() == BreakerState.OPEN);
		probed.prober.stop();
		probed.close();
		await().until(() -> probed.threads() == 0);
		await().until(() -> probed.server.open() == 0);
	}

	private ProbedServer probe(Duration interval, Duration timeout) {
		ProbedServer created = new ProbedServer(interval, timeout);
		this.probed = created;
		return created;
	}

}
