package dev.failover.internal.detection;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.failover.Verdict;
import dev.failover.stub.Failures;
import dev.failover.stub.StubDialect;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static dev.failover.internal.detection.NodeProberFixture.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link NodeProber}: logins that look where the name of a node leads now.
 */
final class NodeProberLookTests extends ProberTest {

	/**
	 * The name of a node can lead to another server than the kept connection does.
	 */
	@Test
	void aSuspicionIsCheckedOnAFreshConnection() {
		NodeProberFixture fixture = fixture(NEVER, TIMEOUT).start();
		await().until(() -> fixture.replicationReadings.get() == 1);
		int before = fixture.server.connects();
		await().until(() -> {
			fixture.signal.suspect();
			return fixture.server.connects() > before;
		});
	}

	/**
	 * The pause between two looks is not over yet when the prober is woken.
	 */
	@Test
	void aSuspicionSoonAfterALoginIsCheckedOnAFreshConnectionLater() {
		NodeProberFixture fixture = fixture(OFTEN, TIMEOUT).start();
		while (fixture.server.connects() == 0) {
			Thread.onSpinWait();
		}
		fixture.signal.suspect();
		await().until(() -> fixture.server.connects() == 2);
	}

	@Test
	void whileNoNodeTakesWritesEachNameIsLookedAtAgain() {
		NodeProberFixture fixture = fixture(OFTEN, TIMEOUT).start();
		await().until(() -> fixture.replicationReadings.get() > 2);
		int before = fixture.server.connects();
		assertThat(before).isEqualTo(1);
		fixture.signal.hurry();
		await().until(() -> fixture.server.connects() > before + 2);
		await().until(() -> fixture.server.open() == 1);
	}

	/**
	 * Over a network, replication is still read when the prober has ended its round.
	 */
	@Test
	void aNameIsLookedAtAgainAlthoughEachProbeReadsReplicationForAWhile() {
		NodeProberFixture fixture = fixture(OFTEN, TIMEOUT);
		fixture.server.interfere((call) -> {
			while (call.equals(StubDialect.REPLICATION) && !fixture.isPausing()) {
				Thread.onSpinWait();
			}
		});
		fixture.start();
		await().until(() -> fixture.replicationReadings.get() > 2);
		int before = fixture.server.connects();
		fixture.signal.hurry();
		await().until(() -> fixture.server.connects() > before + 2);
	}

	@Test
	void aNameThatSharesItsServerWithAnotherIsLookedAtAgain() {
		NodeProberFixture fixture = fixture(OFTEN, TIMEOUT).start();
		await().until(() -> fixture.replicationReadings.get() > 2);
		assertThat(fixture.server.connects()).isEqualTo(1);
		fixture.signal.shared(true);
		await().until(() -> fixture.server.connects() > 3);
		fixture.signal.shared(false);
		await().until(() -> fixture.server.open() == 1);
	}

	@Test
	void theKeptConnectionIsAskedIfTheNameLeadsNowhere() {
		NodeProberFixture fixture = fixture(OFTEN, TIMEOUT).start();
		await().until(() -> fixture.replicationReadings.get() > 0);
		fixture.signal.hurry();
		fixture.server.refuse("08001");
		long before = fixture.goodProbes();
		await().until(() -> fixture.goodProbes() > before + 10);
		assertThat(fixture.verdicts()).containsOnly(Verdict.UP);
	}

	/**
	 * After a failover everybody logs in at once.
	 */
	@Test
	void aServerThatLetsLoginsWaitIsAskedOnTheKeptConnection() {
		NodeProberFixture fixture = fixture(OFTEN, Duration.ofSeconds(1)).start();
		await().until(() -> fixture.replicationReadings.get() > 0);
		fixture.server.ignoreConnects();
		fixture.signal.hurry();
		await().until(() -> fixture.server.waitingConnects() > 0);
		long before = fixture.goodProbes();
		await().until(() -> fixture.goodProbes() > before + 10);
		assertThat(fixture.verdicts()).containsOnly(Verdict.UP);
		assertThat(fixture.server.waitingConnects()).isOne();
	}

	@Test
	void aLoginThatTakesLongerThanAnAnswerShowsWhereTheNameLeads() {
		NodeProberFixture fixture = fixture(OFTEN, TIMEOUT).start();
		await().until(() -> fixture.replicationReadings.get() > 0);
		fixture.server.ignoreConnects();
		fixture.signal.hurry();
		await().until(() -> fixture.server.waitingConnects() == 1);
		long before = fixture.goodProbes();
		await().until(() -> fixture.goodProbes() > before);
		fixture.signal.relax();
		fixture.server.accept();
		await().until(() -> fixture.server.open() == 1 && fixture.server.connects() == 2);
		assertThat(fixture.verdicts()).containsOnly(Verdict.UP);
	}

	/**
	 * The look cannot ask on the kept connection in its turn: it is in use.
	 */
	@Test
	void aLookThatFailsWhileTheKeptConnectionIsAskedSaysNothing() {
		NodeProberFixture fixture = fixture(OFTEN, TIMEOUT).start();
		await().until(() -> fixture.replicationReadings.get() > 0);
		AtomicInteger connects = new AtomicInteger();
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch next = new CountDownLatch(2);
		fixture.server.interfere((call) -> {
			if (call.equals("connect")) {
				next.countDown();
				if (connects.incrementAndGet() == 1) {
					awaitZero(asked);
					Failures.raise(new SQLException("too many clients already", "53300"));
				}
			}
			else if (call.equals(StubDialect.ROLE) && connects.get() == 1) {
				asked.countDown();
				awaitZero(next);
			}
		});
		fixture.signal.hurry();
		awaitZero(next);
		long before = fixture.goodProbes();
		await().until(() -> fixture.goodProbes() > before);
		assertThat(fixture.verdicts()).containsOnly(Verdict.UP);
	}

	/**
	 * On a machine without a processor to give, a login takes longer than the deadline.
	 */
	@Test
	void aLookIsNotGivenUpWhileItWorks() {
		NodeProberFixture fixture = fixture(OFTEN, Duration.ofMillis(100)).start();
		await().until(() -> fixture.replicationReadings.get() > 0);
		AtomicReference<@Nullable Thread> looking = new AtomicReference<>();
		AtomicReference<@Nullable String> next = new AtomicReference<>();
		fixture.server.interfere((call) -> {
			if (call.equals("connect") && looking.compareAndSet(null, Thread.currentThread())) {
				int enough = fixture.results.size() + 10;
				while (fixture.results.size() < enough) {
					Thread.onSpinWait();
				}
			}
			else if (looking.get() == Thread.currentThread()) {
				next.compareAndSet(null, call);
			}
		});
		fixture.signal.hurry();
		await().until(() -> next.get() != null);
		assertThat(next).hasValue("extra");
	}

	private static void awaitZero(CountDownLatch latch) {
		await().until(() -> latch.getCount() == 0);
	}

}
