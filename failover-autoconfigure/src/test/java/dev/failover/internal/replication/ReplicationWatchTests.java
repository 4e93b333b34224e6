package dev.failover.internal.replication;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import dev.failover.Node;
import dev.failover.Replication;
import dev.failover.Role;
import dev.failover.dialect.Reading;
import dev.failover.dialect.Reading.Refusal;
import dev.failover.dialect.ReplicationReading;
import dev.failover.dialect.ReplicationReading.Follower;
import dev.failover.stub.GenerationHistory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.NOW;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReplicationWatch}.
 */
final class ReplicationWatchTests {

	private static final Node OTHER = new Node("other");

	private final ReplicationWatch watch = new ReplicationWatch(Duration.ofSeconds(10));

	@Test
	void theLeaderHasNoSample() {
		this.watch.follow(PRIMARY.name());
		leads(PRIMARY, 1, 100L, 1);
		assertThat(this.watch.of(PRIMARY)).isNull();
	}

	@Test
	void withoutALeaderNoNodeHasASample() {
		follows(MIRROR, 1L, 100L, 1);
		assertThat(this.watch.of(MIRROR)).isNull();
	}

	@Test
	void aFollowerAtTheLeadersPositionHasNoLag() {
		this.watch.follow(PRIMARY.name());
		leads(PRIMARY, 1, 100L, 1);
		follows(MIRROR, 1L, 100L, 1);
		assertThat(mirror().verified()).isTrue();
		assertThat(mirror().lag()).isZero();
		assertThat(mirror().behind()).isZero();
		assertThat(mirror().sampledAt()).isEqualTo(at(1));
	}

	@Test
	void usesReadingsFromBeforeTheLeaderWasKnown() {
		leads(PRIMARY, 1, 100L, 1);
		follows(MIRROR, 1L, 100L, 1);
		this.watch.follow(PRIMARY.name());
		assertThat(mirror().verified()).isTrue();
		assertThat(mirror().lag()).isZero();
	}

	@Test
	void theLagIsUnknownBeforeTheFirstCommonSample() {
		this.watch.follow(PRIMARY.name());
		leads(PRIMARY, 1, 500L, 1);
		follows(MIRROR, 1L, 100L, 1);
		assertThat(mirror().lag()).isNull();
		assertThat(mirror().behind()).isEqualTo(400);
		follows(MIRROR, 1L, 500L, 2);
		assertThat(mirror().lag()).isZero();
	}

	@Test
	void theLagIsUnknownWithoutAPosition() {
		this.watch.follow(PRIMARY.name());
		leads(PRIMARY, 1, 500L, 1);
		follows(MIRROR, 1L, null, 1);
		assertThat(mirror().verified()).isTrue();
		assertThat(mirror().lag()).isNull();
		assertThat(mirror().behind()).isNull();
	}

	@Test
	void theLagIsUnknownWhileTheLeaderNeverAnswered() {
		this.watch.follow(PRIMARY.name());
		follows(MIRROR, 1L, 100L, 1);
		assertThat(mirror().verified()).isFalse();
		assertThat(mirror().lag()).isNull();
	}

	@Test
	void theLagIsMeasuredByTheClockOfThisJvm() {
		this.watch.follow(PRIMARY.name());
		for (int i = 1; i <= 5; i++) {
			leads(PRIMARY, 1, 100L * i, i);
			follows(MIRROR, 1L, 100L, i);
			assertThat(mirror().lag()).isEqualTo(Duration.ofSeconds((i > 1) ? i - 2 : 0));
			assertThat(mirror().behind()).isEqualTo(100L * (i - 1));
		}
	}

	@Test
	void aFollowerStaysVerifiedWhenItsLeaderIsLost() {
		this.watch.follow(PRIMARY.name());
		leads(PRIMARY, 1, 100L, 1);
		follows(MIRROR, 1L, 100L, 1);
		cutOff(MIRROR, 100L, 3);
		cutOff(MIRROR, 100L, 600);
		assertThat(mirror().verified()).isTrue();
		assertThat(mirror().lag()).isZero();
	}

	@Test
	void aFollowerThatIsCutOffFromARunningLeaderIsNotVerified() {
		this.watch.follow(PRIMARY.name());
		leads(PRIMARY, 1, 100L, 1);
		follows(MIRROR, 1L, 100L, 1);
		cutOff(MIRROR, 100L, 2);
		leads(PRIMARY, 1, 100L, 3);
		assertThat(mirror().verified()).isFalse();
		assertThat(mirror().problem()).isEqualTo("it is not receiving the log of a leader");
	}

	@Test
	void aFollowerThatWasNotVerifiedStaysSoWhenTheLeaderIsLost() {
		this.watch.follow(PRIMARY.name());
		leads(PRIMARY, 1, 100L, 1);
		cutOff(MIRROR, 100L, 1);
		cutOff(MIRROR, 100L, 5);
		assertThat(mirror().verified()).isFalse();
	}

	/**
	 * The leader wrote after the last reading of the follower and was lost. The follower
	 * lacks that data, however much time passes.
	 */
	@Test
	void theLagBehindALostLeaderDoesNotGrow() {
		this.watch.follow(PRIMARY.name());
		leads(PRIMARY, 1, 100L, 1);
		follows(MIRROR, 1L, 100L, 1);
		leads(PRIMARY, 1, 200L, 2);
		leads(PRIMARY, 1, 300L, 4);
		cutOff(MIRROR, 100L, 10);
		assertThat(mirror().lag()).isEqualTo(Duration.ofSeconds(2));
		cutOff(MIRROR, 100L, 500);
		assertThat(mirror().lag()).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void aPromotedFollowerKeepsItsLastSample() {
		this.watch.follow(PRIMARY.name());
		leads(PRIMARY, 1, 100L, 1);
		follows(MIRROR, 1L, 100L, 1);
		leads(MIRROR, 2, 150L, 5);
		assertThat(mirror().lag()).isZero();
		assertThat(mirror().sampledAt()).isEqualTo(at(1));
	}

	@Test
	void aPromotedFollowerLacksWhatTheLeaderWroteAfterTheirLogsBranched() {
		this.watch.follow(PRIMARY.name());
		leads(PRIMARY, 1, 100L, 1);
		follows(MIRROR, 1L, 100L, 1);
		leads(PRIMARY, 1, 200L, 3);
		leads(PRIMARY, 1, 300L, 8);
		promoted(MIRROR, 200L, 10);
		assertThat(mirror().lag()).isZero();
		assertThat(mirror().behind()).isEqualTo(100);
		promoted(MIRROR, 100L, 10);
		assertThat(mirror().lag()).isEqualTo(Duration.ofSeconds(5));
		leads(MIRROR, 2, 500L, 20);
		assertThat(mirror().lag()).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void aChangeOfTheLeaderDiscardsTheSamples() {
		this.watch.follow(PRIMARY.name());
		leads(PRIMARY, 1, 100L, 1);
		follows(MIRROR, 1L, 100L, 1);
		leads(MIRROR, 2, 200L, 2);
		this.watch.follow(MIRROR.name());
		assertThat(this.watch.of(MIRROR)).isNull();
		follows(PRIMARY, 2L, 200L, 3);
		assertThat(Objects.requireNonNull(this.watch.of(PRIMARY)).verified()).isTrue();
	}

	/** A switchover without a new generation, as where histories have none. */
	@Test
	void theLagIsNotMeasuredByTheLogOfAnEarlierLeader() {
		this.watch.follow(PRIMARY.name());
		leads(PRIMARY, 1, 100L, 1);
		leads(PRIMARY, 1, 500L, 10);
		leads(MIRROR, 1, 500L, 12);
		this.watch.follow(MIRROR.name());
		follows(OTHER, 1L, 100L, 13);
		assertThat(Objects.requireNonNull(this.watch.of(OTHER)).behind()).isEqualTo(400);
		assertThat(Objects.requireNonNull(this.watch.of(OTHER)).lag()).isNull();
	}

	@Test
	void aFollowerOfAnEarlierLeaderIsNotVerifiedForThatReason() {
		this.watch.follow(PRIMARY.name());
		leads(PRIMARY, 1, 100L, 1);
		follows(MIRROR, 1L, 100L, 1);
		assertThat(mirror().verified()).isTrue();
		this.watch.follow(OTHER.name());
		assertThat(mirror().verified()).isFalse();
	}

	@Test
	void aNodeWhoseReplicationWasNeverReadHasNoSample() {
		this.watch.follow(PRIMARY.name());
		leads(PRIMARY, 1, 100L, 1);
		this.watch.read(MIRROR, new Reading(Role.READ_ONLY, null, new GenerationHistory("one", 1L, 100L)), at(1));
		assertThat(this.watch.of(MIRROR)).isNull();
	}

	@Test
	void withoutPositionsTheLagIsTheOneThatTheFollowerMeasures() {
		this.watch.follow(PRIMARY.name());
		leads(PRIMARY, 1, null, 1);
		followsWithoutPosition(new ReplicationReading(true, Duration.ofSeconds(3), null));
		assertThat(mirror().lag()).isEqualTo(Duration.ofSeconds(3));
		assertThat(mirror().behind()).isNull();
		assertThat(mirror().problem()).isNull();
	}

	@Test
	void anUnknownLagIsExplainedByWhatTheServersRefuseToTell() {
		this.watch.follow(PRIMARY.name());
		leads(PRIMARY, 1, null, 1);
		followsWithoutPosition(new ReplicationReading(true, null, null));
		assertThat(mirror().problem()).isNull();
		this.watch.read(PRIMARY, refusing(Role.WRITABLE), at(1));
		String problem = "its lag could not be read; the server refuses position() "
				+ "(the finding 'refused-parts' has the remedy)";
		assertThat(mirror().problem()).isEqualTo(problem);
		this.watch.read(MIRROR, refusing(Role.WRITABLE), at(3));
		assertThat(mirror().verified()).isTrue();
		assertThat(mirror().problem()).isEqualTo(problem);
	}

	@Test
	void aNodeThatIsNotVerifiedSaysSoAlsoWhereItsLagIsNotKnown() {
		this.watch.follow(PRIMARY.name());
		this.watch.read(PRIMARY, refusing(Role.WRITABLE), at(1));
		this.watch.read(MIRROR, refusing(Role.READ_ONLY), at(1));
		this.watch.readReplication(MIRROR, new ReplicationReading(false, null, null), at(1));
		assertThat(mirror().problem()).isEqualTo("it is not receiving the log of a leader");
		leads(MIRROR, 2, 200L, 3);
		assertThat(mirror().lag()).isNull();
		assertThat(mirror().problem()).isEqualTo("it accepted writes when it was last read");
	}

	private void followsWithoutPosition(ReplicationReading replication) {
		this.watch.read(MIRROR, new Reading(Role.READ_ONLY, null, new GenerationHistory("one", 1L)), at(1));
		this.watch.readReplication(MIRROR, replication, at(1));
	}

	private static Reading refusing(Role role) {
		return new Reading(role, null, new GenerationHistory("one", 1L),
				List.of(new Refusal("position()", "42501: permission denied", "")));
	}

	@Test
	void theSameLeaderAgainChangesNothing() {
		this.watch.follow(PRIMARY.name());
		leads(PRIMARY, 1, 100L, 1);
		follows(MIRROR, 1L, 100L, 1);
		Replication before = mirror();
		this.watch.follow(PRIMARY.name());
		assertThat(mirror()).isEqualTo(before);
	}

	@Test
	void showsWhetherTheLeaderWaitsForTheFollower() {
		this.watch.follow(PRIMARY.name());
		leads(PRIMARY, 1, 100L, 1);
		follows(MIRROR, 1L, 100L, 1);
		assertThat(mirror().synchronous()).isFalse();
		this.watch.readReplication(PRIMARY, new ReplicationReading(false, null, List.of(new Follower(null, true))),
				at(2));
		assertThat(mirror().synchronous()).isTrue();
	}

	private Replication mirror() {
		return Objects.requireNonNull(this.watch.of(MIRROR));
	}

	private void leads(Node node, long generation, @Nullable Long position, int second) {
		this.watch.read(node, new Reading(Role.WRITABLE, null, new GenerationHistory("one", generation, position)),
				at(second));
		this.watch.readReplication(node, new ReplicationReading(false, null, List.of()), at(second));
	}

	private void promoted(Node node, Long branchedAt, int second) {
		this.watch.read(node, new Reading(Role.WRITABLE, null, new GenerationHistory("one", 2L, 400L, branchedAt)),
				at(second));
	}

	private void follows(Node node, @Nullable Long generation, @Nullable Long position, int second) {
		this.watch.read(node, new Reading(Role.READ_ONLY, null, new GenerationHistory("one", generation, position)),
				at(second));
		this.watch.readReplication(node, new ReplicationReading(true, null, null), at(second));
	}

	private void cutOff(Node node, Long position, int second) {
		this.watch.read(node, new Reading(Role.READ_ONLY, null, new GenerationHistory("one", 1L, position)),
				at(second));
		this.watch.readReplication(node, new ReplicationReading(false, null, null), at(second));
	}

	private static Instant at(int seconds) {
		return NOW.plusSeconds(seconds);
	}

}
