package dev.failover.it.faults;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import dev.failover.Mode;
import dev.failover.Replication;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The mirror's clock shows another time than the primary's: whatever lag is measured by,
 * it must not be the difference of two clocks.
 */
class ClockFaultTests {

	private static final Duration HOUR = Duration.ofHours(1);

	/** More than a busy machine ever takes, and far from an hour. */
	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final Duration MAX_LAG = Duration.ofSeconds(1);

	private static final int SAMPLES = 8;

	@Test
	void aMirrorWhoseClockIsAheadIsNeitherBehindNorAhead() throws Exception {
		skewed("clock of the mirror an hour ahead; it lags, catches up, and the primary is killed", HOUR);
	}

	@Test
	void aMirrorWhoseClockIsBehindIsNeitherBehindNorAhead() throws Exception {
		skewed("clock of the mirror an hour behind; it lags, catches up, and the primary is killed", HOUR.negated());
	}

	private static void skewed(String fault, Duration offset) throws Exception {
		requireFakeClock(fault);
		Scenario.of(Group.REPLICATION, fault)
			.on(PairOptions.MANAGED.withMirrorEnvironment(FakeClock.shiftedBy(offset)))
			.with("failover.replication.max-lag=" + MAX_LAG.toMillis() + "ms")
			.prepare((stage) -> assertSkewed(stage, offset))
			.then((stage) -> awaitCloseSamples(stage, "mirror"))
			.fault((stage) -> Stage.sql(stage.mirror(), "select pg_wal_replay_pause()"))
			.then((stage) -> stage.awaitCondition("LAGGING of node 'mirror'"))
			.then((stage) -> stage.await("a lag that is told", () -> lag(stage, "mirror").compareTo(MAX_LAG) > 0))
			.then((stage) -> assertThat(lag(stage, "mirror")).isLessThan(MINUTE))
			.then((stage) -> assertThat(stage.application().state().ready()).isFalse())
			.then((stage) -> Stage.sql(stage.mirror(), "select pg_wal_replay_resume()"))
			.then(Stage::awaitReady)
			.then((stage) -> awaitCloseSamples(stage, "mirror"))
			.fault((stage) -> stage.primary().kill())
			.then((stage) -> stage.awaitMode(Mode.FAILED_OVER))
			.then(Stage::awaitWhole)
			.then((stage) -> stage.primary().rejoin())
			.then(Stage::awaitReady)
			.then((stage) -> assertSkewed(stage, offset))
			.then((stage) -> awaitCloseSamples(stage, "primary"))
			.then(Stage::awaitWhole)
			.expect(Expectation.changes(1, 2, Mode.FAILED_OVER).ready(true).conditions("LAGGING of node 'mirror'"))
			.run();
	}

	private static void requireFakeClock(String fault) throws IOException {
		String reason = "needs the library of Debian's package `faketime`";
		if (FakeClock.library().isEmpty()) {
			FaultRows.write(FaultRow.cannotRun(Group.REPLICATION, fault, reason));
		}
		Assumptions.assumeTrue(FakeClock.library().isPresent(), reason);
	}

	private static void assertSkewed(Stage stage, Duration offset) throws SQLException {
		assertThat(FakeClock.skew(stage.primary())).isBetween(MINUTE.negated(), MINUTE);
		assertThat(FakeClock.skew(stage.mirror()).minus(offset)).isBetween(MINUTE.negated(), MINUTE);
	}

	/**
	 * Wait for some samples in a row, each of which leaves the node eligible.
	 */
	private static void awaitCloseSamples(Stage stage, String follower) {
		Set<Instant> samples = new HashSet<>();
		stage.await("samples of replication", () -> {
			Replication sample = sample(stage, follower);
			assertThat(sample.verified()).as("verified: " + sample).isTrue();
			assertThat(sample.lag()).as("lag: " + sample).isLessThan(MAX_LAG);
			assertThat(stage.application().state().ready()).as("ready: " + sample).isTrue();
			samples.add(sample.sampledAt());
			return samples.size() >= SAMPLES;
		});
	}

	private static Duration lag(Stage stage, String follower) {
		Duration lag = sample(stage, follower).lag();
		assertThat(lag).isNotNull();
		return lag;
	}

	private static Replication sample(Stage stage, String follower) {
		Replication sample = stage.application().node(follower).replication();
		assertThat(sample).isNotNull();
		return sample;
	}

}
