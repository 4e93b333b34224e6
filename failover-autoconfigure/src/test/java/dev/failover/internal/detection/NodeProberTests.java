package dev.failover.internal.detection;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

import dev.failover.BreakerState;
import dev.failover.ErrorClass;
import dev.failover.Probe;
import dev.failover.Role;
import dev.failover.Verdict;
import dev.failover.stub.StubDialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.failover.internal.detection.NodeProberFixture.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link NodeProber}.
 */
final class NodeProberTests extends ProberTest {

	@Test
	void anAnswerContainsRoleAndReplication() {
		NodeProberFixture fixture = fixture(NEVER, TIMEOUT).start();
		await().until(() -> fixture.replicationReadings.get() == 1);
		assertThat(fixture.results).singleElement().satisfies((result) -> {
			assertThat(result.probe().verdict()).isEqualTo(Verdict.UP);
			assertThat(result.probe().error()).isNull();
			assertThat(result.reading()).isNotNull().extracting((reading) -> reading.role()).isEqualTo(Role.WRITABLE);
			assertThat(result.firstBadSignal()).isZero();
		});
	}

	@Test
	void oneConnectionIsKeptBetweenProbes() {
		NodeProberFixture fixture = fixture(OFTEN, TIMEOUT).start();
		await().until(() -> fixture.goodProbes() >= 10);
		assertThat(fixture.server.connects()).isOne();
	}

	@Test
	void aRefusalIsRepeatedSoonAndOpensTheBreaker() {
		NodeProberFixture fixture = fixture(NEVER, TIMEOUT);
		fixture.server.refuse("08001");
		fixture.start();
		await().until(() -> fixture.breaker() == BreakerState.OPEN);
		await().until(() -> fixture.results.size() == 2);
		assertThat(fixture.verdicts()).containsExactly(Verdict.DOWN, Verdict.DOWN);
		assertThat(fixture.results.get(1).breaker()).isEqualTo(BreakerState.OPEN);
		assertThat(fixture.results.get(0).firstBadSignal()).isNotZero()
			.isEqualTo(fixture.results.get(1).firstBadSignal());
		assertThat(fixture.results.get(1).probe().error()).startsWith("08001 refused by");
	}

	/**
	 * Only a refusal is followed by a pause: a lost connection does not show whether the
	 * server is lost.
	 */
	@Test
	void aLostConnectionIsConfirmedAtOnceByAFreshOne() {
		NodeProberFixture fixture = use(new NodeProberFixture(OFTEN, TIMEOUT, NEVER));
		fixture.start();
		await().until(() -> fixture.replicationReadings.get() > 0);
		fixture.server.refuse("08001");
		fixture.server.fail(StubDialect.ROLE, "57P01");
		await().until(() -> fixture.breaker() == BreakerState.OPEN);
		assertThat(fixture.verdicts()).contains(Verdict.UP).contains(Verdict.DOWN);
	}

	/**
	 * The kept connection is lost, and the first fresh one too. Another fresh one is
	 * asked, because a lost connection does not show whether the server is lost.
	 */
	@Test
	void aDroppedLoginAfterALostConnectionDoesNotOpenTheBreaker() {
		NodeProberFixture fixture = fixture(OFTEN, TIMEOUT).start();
		await().until(() -> fixture.replicationReadings.get() >= 1);
		fixture.server.ignoreConnects();
		fixture.server.fail(StubDialect.ROLE, "57P01");
		await().until(() -> fixture.server.waitingConnects() == 2);
		int before = fixture.results.size();
		fixture.server.answer(StubDialect.ROLE);
		fixture.server.accept();
		await().until(() -> fixture.results.size() > before);
		assertThat(fixture.verdicts().subList(before - 1, before + 1)).containsExactly(Verdict.DOWN, Verdict.UP);
		assertThat(fixture.breaker()).isEqualTo(BreakerState.CLOSED);
	}

	/**
	 * Each refused login costs such a server a process.
	 */
	@ParameterizedTest
	@CsvSource({ "500, 20, 0, 20", "500, 20, 5, 20", "500, 20, 30, 120", "500, 20, 300, 500", "10, 20, 300, 20" })
	void aServerThatStartsUpIsAskedTheMoreRarelyTheLongerItTakesToSaySo(long interval, long retry, long took,
			long pause) {
		DetectionSettings settings = new DetectionSettings(Duration.ofMillis(interval), TIMEOUT, 2,
				Duration.ofMillis(retry), 2, null);
		assertThat(NodeProber.leastPause(settings, Duration.ofMillis(took))).isEqualTo(Duration.ofMillis(pause));
	}

	@Test
	void aServerThatStartsUpIsDown() {
		NodeProberFixture fixture = fixture(NEVER, TIMEOUT);
		fixture.server.refuse("57P03");
		fixture.start();
		await().until(() -> fixture.breaker() == BreakerState.OPEN);
	}

	@ParameterizedTest
	@CsvSource({ "28P01, UNAUTHORIZED", "28000, UNAUTHORIZED", "53300, OVERLOADED", "3D000, APPLICATION",
			"42501, APPLICATION" })
	void aServerThatAnswersWithAnErrorIsImpaired(String sqlState, ErrorClass errorClass) {
		NodeProberFixture fixture = fixture(OFTEN, TIMEOUT);
		fixture.server.refuse(sqlState);
		fixture.start();
		await().until(() -> fixture.results.size() >= 5);
		assertThat(fixture.verdicts()).containsOnly(Verdict.IMPAIRED);
		assertThat(fixture.results).allMatch((result) -> result.probe().errorClass() == errorClass);
		assertThat(fixture.breaker()).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void aFailedQueryOfTheUserMakesTheNodeImpaired() {
		NodeProberFixture fixture = fixture(OFTEN, TIMEOUT);
		fixture.server.fail("extra", "42P01");
		fixture.start();
		await().until(() -> fixture.results.size() >= 3);
		assertThat(fixture.verdicts()).containsOnly(Verdict.IMPAIRED);
	}

	/**
	 * The confirming probe starts a quarter of the deadline after the first.
	 */
	@Test
	void aSilentServerIsConfirmedByAnOverlappingProbe() {
		Duration timeout = Duration.ofSeconds(2);
		NodeProberFixture fixture = fixture(NEVER, timeout);
		fixture.server.ignore(StubDialect.ROLE);
		fixture.start();
		await().until(() -> fixture.breaker() == BreakerState.OPEN);
		await().until(() -> fixture.results.size() == 2);
		Probe first = fixture.results.get(0).probe();
		Probe second = fixture.results.get(1).probe();
		assertThat(first.took()).isGreaterThanOrEqualTo(timeout);
		assertThat(Duration.between(first.at(), second.at())).isBetween(timeout.dividedBy(5), timeout.dividedBy(2));
		assertThat(fixture.results)
			.allMatch((result) -> "no answer within the deadline".equals(result.probe().error()));
		await().until(() -> fixture.server.open() == 0);
	}

	@Test
	void aServerThatAcceptsAndStaysSilentInLoginIsDown() {
		NodeProberFixture fixture = fixture(NEVER, Duration.ofMillis(400));
		fixture.server.ignoreConnects();
		fixture.start();
		await().until(() -> fixture.breaker() == BreakerState.OPEN);
		fixture.server.ignore(StubDialect.ROLE);
		fixture.server.accept();
		await().until(() -> fixture.server.connects() >= 2 && fixture.server.waitingConnects() == 0);
		await().until(() -> fixture.server.open() == 0);
	}

	/**
	 * The kept connection is lost, the server is not.
	 */
	@Test
	void anAnswerOnAFreshConnectionBesideASilentOneIsGood() {
		NodeProberFixture fixture = fixture(NEVER, TIMEOUT).start();
		await().until(() -> fixture.replicationReadings.get() == 1);
		fixture.server.ignoreOnOpenConnections();
		fixture.signal.wake();
		await().until(() -> fixture.results.size() == 2);
		assertThat(fixture.verdicts()).containsOnly(Verdict.UP);
		assertThat(fixture.server.connects()).isEqualTo(2);
		assertThat(fixture.breaker()).isEqualTo(BreakerState.CLOSED);
		await().until(() -> fixture.server.aborts() == 1);
	}

	@Test
	void aHangingReplicationQueryDoesNotChangeTheVerdict() {
		NodeProberFixture fixture = fixture(OFTEN, Duration.ofSeconds(1));
		fixture.server.ignore(StubDialect.REPLICATION);
		fixture.start();
		await().until(() -> fixture.replicationFailures.get() >= 3);
		assertThat(fixture.verdicts()).containsOnly(Verdict.UP);
		fixture.server.answer(StubDialect.REPLICATION);
		await().until(() -> fixture.replicationReadings.get() > 0);
	}

	@Test
	void aFailedReplicationQueryDoesNotChangeTheVerdict() {
		NodeProberFixture fixture = fixture(OFTEN, TIMEOUT);
		fixture.server.fail(StubDialect.REPLICATION, "42501");
		fixture.start();
		await().until(() -> fixture.replicationFailures.get() >= 3);
		assertThat(fixture.verdicts()).containsOnly(Verdict.UP);
		assertThat(fixture.server.connects()).isOne();
	}

	@Test
	void aSuspicionCausesAProbeAtOnce() {
		NodeProberFixture fixture = fixture(NEVER, TIMEOUT).start();
		await().until(() -> fixture.results.size() == 1);
		fixture.signal.suspect();
		await().until(() -> fixture.results.size() == 2);
		assertThat(fixture.results.get(1).firstBadSignal()).isZero();
	}

	@Test
	void aSuspicionIsTheFirstBadSignalOfTheLossThatItReveals() {
		NodeProberFixture fixture = fixture(NEVER, TIMEOUT).start();
		await().until(() -> fixture.results.size() == 1);
		fixture.server.refuse("08001");
		fixture.server.fail(StubDialect.ROLE, "57P01");
		long before = System.nanoTime();
		fixture.signal.suspect();
		long after = System.nanoTime();
		await().until(() -> fixture.results.size() == 3);
		assertThat(fixture.results.get(2).breaker()).isEqualTo(BreakerState.OPEN);
		assertThat(fixture.results.get(2).firstBadSignal()).isBetween(before, after);
	}

	@Test
	void manySuspicionsCauseFewProbes() {
		NodeProberFixture fixture = fixture(NEVER, TIMEOUT).start();
		await().until(() -> fixture.results.size() == 1);
		for (int i = 0; i < 10_000; i++) {
			fixture.signal.suspect();
		}
		await().until(() -> fixture.results.size() >= 2);
		pass(Duration.ofMillis(200));
		assertThat(fixture.results).hasSizeLessThan(100);
	}

	@Test
	void probesOftenWhileProbesAreUrgent() {
		NodeProberFixture fixture = fixture(Duration.ofSeconds(2), TIMEOUT).start();
		await().until(() -> fixture.results.size() == 1);
		Instant begun = Instant.now();
		fixture.signal.hurry();
		await().until(() -> fixture.results.size() >= 8);
		assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(10));
		fixture.signal.relax();
		assertThat(fixture.verdicts()).containsOnly(Verdict.UP);
	}

	@Test
	void theBreakerClosesWhenTheServerAnswersAgain() {
		NodeProberFixture fixture = fixture(OFTEN, TIMEOUT);
		fixture.server.refuse("08001");
		fixture.start();
		await().until(() -> fixture.breaker() == BreakerState.OPEN);
		fixture.server.accept();
		await().until(() -> fixture.breaker() == BreakerState.CLOSED);
		assertThat(fixture.results.get(fixture.results.size() - 1).firstBadSignal()).isZero();
	}

	/**
	 * The other name may follow the roles to another server at any moment.
	 */
	@Test
	void aNodeThatReturnsWithTheServerOfAnotherNodeIsTriedQuickly() {
		NodeProberFixture fixture = fixture(NEVER, TIMEOUT);
		fixture.server.refuse("08001");
		fixture.start();
		await().until(() -> fixture.breaker() == BreakerState.OPEN);
		fixture.signal.shared(true);
		fixture.server.accept();
		fixture.signal.wake();
		await().until(() -> fixture.breaker() == BreakerState.CLOSED);
	}

	/**
	 * A server without a free connection must not be asked for one all the time.
	 */
	@Test
	void aNodeThatReturnsOverloadedIsNotTriedQuickly() {
		NodeProberFixture fixture = fixture(NEVER, TIMEOUT);
		fixture.server.refuse("08001");
		fixture.start();
		await().until(() -> fixture.breaker() == BreakerState.OPEN);
		fixture.signal.shared(true);
		fixture.server.refuse("53300");
		int before = fixture.results.size();
		fixture.signal.wake();
		await().until(() -> fixture.results.size() > before);
		pass(Duration.ofMillis(500));
		assertThat(fixture.results).hasSizeLessThan(before + 4);
		assertThat(fixture.breaker()).isEqualTo(BreakerState.HALF_OPEN);
	}

	@ParameterizedTest
	@MethodSource("dev.failover.stub.Failures#all")
	void aListenerThatThrowsDoesNotStopTheProber(Supplier<Throwable> failure) {
		NodeProberFixture fixture = fixture(OFTEN, TIMEOUT);
		fixture.throwFromListener(failure);
		fixture.start();
		await().until(() -> fixture.results.size() >= 3);
		fixture.throwFromListener(null);
		await().until(() -> fixture.goodProbes() >= 6);
		fixture.server.refuse("08001");
		fixture.server.fail(StubDialect.ROLE, "57P01");
		await().until(() -> fixture.breaker() == BreakerState.OPEN);
	}

	/**
	 * The kept connection is lent while replication is read. If it were not given back,
	 * the next probes would wait for it.
	 */
	@ParameterizedTest
	@MethodSource("dev.failover.stub.Failures#all")
	void anErrorOfTheDriverWhileReplicationIsReadDoesNotStopTheProber(Supplier<Throwable> failure) {
		NodeProberFixture fixture = fixture(OFTEN, TIMEOUT);
		fixture.server.raise(StubDialect.REPLICATION, failure);
		fixture.start();
		await().until(() -> fixture.replicationFailures.get() >= 3);
		fixture.server.answer(StubDialect.REPLICATION);
		await().until(() -> fixture.replicationReadings.get() > 0);
		assertThat(fixture.verdicts()).containsOnly(Verdict.UP);
	}

	/**
	 * A lack of memory or threads in this process is not a sign against the node.
	 */
	@Test
	void anErrorOfTheVirtualMachineDoesNotOpenTheBreaker() {
		NodeProberFixture fixture = fixture(OFTEN, TIMEOUT);
		fixture.server.raise(StubDialect.ROLE, () -> new OutOfMemoryError("unable to create native thread"));
		fixture.start();
		await().until(() -> fixture.results.size() >= 5);
		assertThat(fixture.verdicts()).containsOnly(Verdict.IMPAIRED);
		assertThat(fixture.breaker()).isEqualTo(BreakerState.CLOSED);
		fixture.server.answer(StubDialect.ROLE);
		await().until(() -> fixture.goodProbes() > 0);
	}

	@Test
	void leavesNoThreadAndNoConnectionBehind() {
		NodeProberFixture fixture = fixture(OFTEN, Duration.ofMillis(300)).start();
		await().until(() -> fixture.goodProbes() >= 2);
		fixture.server.ignore(StubDialect.ROLE);
		await().until(() -> fixture.breaker() == BreakerState.OPEN);
		fixture.close();
		await().until(() -> fixture.threads() == 0);
		await().until(() -> fixture.server.open() == 0);
	}

	private static void pass(Duration time) {
		await().pollDelay(time).until(() -> true);
	}

}
