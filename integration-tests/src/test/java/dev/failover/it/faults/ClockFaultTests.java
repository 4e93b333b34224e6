package dev.failover.it.faults;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import dev.failover.Condition.Kind;
import dev.failover.Mode;
import dev.failover.Replication;
import dev.failover.it.ServerSql;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a mirror whose clock differs from the primary's: the measured lag must not
 * include the difference of the clocks.
 */
class ClockFaultTests {

	private static final Duration HOUR = Duration.ofHours(1);

	/** More than a busy machine needs, and far less than an hour. */
	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final Duration MAX_LAG = Duration.ofSeconds(1);

	private static final int SAMPLES = 8;

	@Test
	void aClockOfTheMirrorThatIsAheadDoesNotChangeTheMeasuredLag() throws Exception {
		skewed("clock of the mirror an hour ahead; it lags, catches up, and the primary is killed", HOUR);
	}

	@Test
	void aClockOfTheMirrorThatIsBehindDoesNotChangeTheMeasuredLag() throws Exception {
		skewed("clock of the mirror an hour behind; it lags, catches up, and the primary is killed", HOUR.negated());
	}

	private static void skewed(String fault, Duration offset) throws Exception {
		requireFakeClock(fault);
		Scenario.of(FaultGroup.REPLICATION, fault)
			.on(PairOptions.MANAGED.withMirrorEnvironment(FakeClock.shiftedBy(offset)))
			.with("failover.replication.max-lag=" + MAX_LAG.toMillis() + "ms")
			.prepare((context) -> assertSkewed(context, offset))
			.then((context) -> awaitCloseSamples(context, "mirror"))
			.fault((context) -> ServerSql.pauseReplay(context.mirror()))
			.then((context) -> context.awaitCondition(Kind.LAGGING, "mirror"))
			.then((context) -> context.await("a measured lag", () -> lag(context, "mirror").compareTo(MAX_LAG) > 0))
			.then((context) -> assertThat(lag(context, "mirror")).isLessThan(MINUTE))
			.then((context) -> assertThat(context.application().state().ready()).isFalse())
			.then((context) -> ServerSql.resumeReplay(context.mirror()))
			.then(ScenarioContext::awaitReady)
			.then((context) -> awaitCloseSamples(context, "mirror"))
			.fault((context) -> context.primary().kill())
			.then((context) -> context.awaitMode(Mode.FAILED_OVER))
			.then(ScenarioContext::awaitRecovery)
			.then((context) -> context.primary().rejoin())
			.then(ScenarioContext::awaitReady)
			.then((context) -> assertSkewed(context, offset))
			.then((context) -> awaitCloseSamples(context, "primary"))
			.then(ScenarioContext::awaitRecovery)
			.expect(Expectation.changes(1, 2, Mode.FAILED_OVER).ready(true).condition(Kind.LAGGING, "mirror"))
			.run();
	}

	private static void requireFakeClock(String fault) throws IOException {
		String reason = "needs the library of Debian's package `faketime`";
		if (FakeClock.library().isEmpty()) {
			FaultRow.cannotRun(FaultGroup.REPLICATION, fault, reason).write();
		}
		Assumptions.assumeTrue(FakeClock.library().isPresent(), reason);
	}

	private static void assertSkewed(ScenarioContext context, Duration offset) throws SQLException {
		assertThat(FakeClock.skew(context.primary())).isBetween(MINUTE.negated(), MINUTE);
		assertThat(FakeClock.skew(context.mirror()).minus(offset)).isBetween(MINUTE.negated(), MINUTE);
	}

	/**
	 * Waits for some samples in a row that all show an eligible node.
	 */
	private static void awaitCloseSamples(ScenarioContext context, String follower) {
		Set<Instant> samples = new HashSet<>();
		context.await("samples of replication", () -> {
			Replication sample = sample(context, follower);
			assertThat(sample.verified()).as("verified: " + sample).isTrue();
			assertThat(sample.lag()).as("lag: " + sample).isLessThan(MAX_LAG);
			assertThat(context.application().state().ready()).as("ready: " + sample).isTrue();
			samples.add(sample.sampledAt());
			return samples.size() >= SAMPLES;
		});
	}

	private static Duration lag(ScenarioContext context, String follower) {
		Duration lag = sample(context, follower).lag();
		assertThat(lag).isNotNull();
		return lag;
	}

	private static Replication sample(ScenarioContext context, String follower) {
		Replication sample = context.application().node(follower).replication();
		assertThat(sample).isNotNull();
		return sample;
	}

}
