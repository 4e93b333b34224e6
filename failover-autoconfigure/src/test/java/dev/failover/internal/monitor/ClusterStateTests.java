package dev.failover.internal.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.failover.BreakerState;
import dev.failover.ErrorClass;
import dev.failover.History;
import dev.failover.Node;
import dev.failover.NodeState;
import dev.failover.NodeStatus;
import dev.failover.Probe;
import dev.failover.Role;
import dev.failover.Verdict;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import dev.failover.internal.detection.ProbeResult;
import dev.failover.internal.policy.Rivalry;
import dev.failover.stub.GenerationHistory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static dev.failover.NodeStatusFixture.CLUSTER;
import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.NOW;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ClusterState}.
 */
final class ClusterStateTests {

	private final ClusterState cluster = new ClusterState(
			List.of(NodeStatus.unknown(PRIMARY, "db1:1/orders", NOW), NodeStatus.unknown(MIRROR, "db2:1/orders", NOW)),
			Duration.ofSeconds(10));

	@Test
	void isUnknownBeforeTheFirstProbe() {
		assertThat(this.cluster.all()).extracting(NodeStatus::state)
			.containsExactly(NodeState.UNKNOWN, NodeState.UNKNOWN);
		assertThat(this.cluster.leadership().isKnown()).isFalse();
		assertThat(this.cluster.leadership().lineage()).isNull();
	}

	@Test
	void rejectsUnknownNodes() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.cluster.status(new Node("other")))
			.withMessageContaining("'other'");
	}

	@Test
	void anAnsweredProbeSetsStateRoleAndHistory() {
		answered(PRIMARY, Role.WRITABLE, 3L, at(1));
		NodeStatus status = this.cluster.status(PRIMARY);
		assertThat(status.state()).isEqualTo(NodeState.UP);
		assertThat(status.role()).isEqualTo(Role.WRITABLE);
		assertThat(status.history()).isEqualTo(new GenerationHistory(CLUSTER, 3L));
		assertThat(status.lastAnswered()).isEqualTo(at(1));
	}

	@Test
	void oneFailedProbeDoesNotChangeTheStatus() {
		answered(PRIMARY, Role.WRITABLE, 1L, at(1));
		failed(PRIMARY, Verdict.DOWN, BreakerState.CLOSED, at(2));
		NodeStatus status = this.cluster.status(PRIMARY);
		assertThat(status.state()).isEqualTo(NodeState.UP);
		assertThat(status.role()).isEqualTo(Role.WRITABLE);
		assertThat(status.lastAnswered()).isEqualTo(at(1));
		assertThat(status.since()).isEqualTo(at(1));
	}

	@Test
	void aNodeThatRefusesItsProbeBecauseItMustNotBeUsedIsUnusable() {
		answered(PRIMARY, Role.WRITABLE, 1L, at(1));
		Probe refused = new Probe(at(2), Duration.ofMillis(1), Verdict.IMPAIRED, "08S01 not prepared",
				ErrorClass.UNUSABLE);
		this.cluster.learn(new ProbeResult(PRIMARY, null, refused, 0, null, BreakerState.CLOSED, 0));
		assertThat(this.cluster.status(PRIMARY).role()).isEqualTo(Role.UNUSABLE);
		assertThat(this.cluster.status(PRIMARY).state()).isEqualTo(NodeState.IMPAIRED);
	}

	@Test
	void anOpenBreakerMakesTheNodeDownAndItsRoleUnknown() {
		answered(PRIMARY, Role.WRITABLE, 1L, at(1));
		failed(PRIMARY, Verdict.DOWN, BreakerState.OPEN, at(2));
		NodeStatus status = this.cluster.status(PRIMARY);
		assertThat(status.state()).isEqualTo(NodeState.DOWN);
		assertThat(status.role()).isEqualTo(Role.UNKNOWN);
		assertThat(status.since()).isEqualTo(at(2));
		assertThat(status.history()).isEqualTo(new GenerationHistory(CLUSTER, 1L));
	}

	@Test
	void anImpairedNodeKeepsItsRole() {
		answered(PRIMARY, Role.WRITABLE, 1L, at(1));
		failed(PRIMARY, Verdict.IMPAIRED, BreakerState.CLOSED, at(2));
		assertThat(this.cluster.status(PRIMARY).state()).isEqualTo(NodeState.IMPAIRED);
		assertThat(this.cluster.status(PRIMARY).role()).isEqualTo(Role.WRITABLE);
		assertThat(this.cluster.status(PRIMARY).isWritable()).isFalse();
	}

	@Test
	void aForcedBreakerChangesTheStatusWithoutAProbe() {
		answered(PRIMARY, Role.WRITABLE, 1L, at(1));
		this.cluster.breaker(PRIMARY, BreakerState.FORCED_OPEN);
		assertThat(this.cluster.status(PRIMARY).isLost()).isTrue();
		this.cluster.breaker(PRIMARY, BreakerState.CLOSED);
		assertThat(this.cluster.status(PRIMARY).isWritable()).isTrue();
	}

	@Test
	void aNodeWithAHalfOpenBreakerIsNotUp() {
		failed(PRIMARY, Verdict.DOWN, BreakerState.OPEN, at(1));
		probed(PRIMARY, Verdict.UP, BreakerState.HALF_OPEN, new Reading(Role.WRITABLE, null, null), at(2));
		assertThat(this.cluster.status(PRIMARY).state()).isEqualTo(NodeState.DOWN);
		assertThat(this.cluster.status(PRIMARY).isWritable()).isFalse();
	}

	@Test
	void theLineageIsTheHistoryOfTheLeader() {
		answered(PRIMARY, Role.WRITABLE, 1L, at(1));
		this.cluster.lead(PRIMARY);
		assertThat(this.cluster.leadership().lineage()).isEqualTo(new GenerationHistory(CLUSTER, 1L));
		answered(MIRROR, Role.WRITABLE, 2L, at(2));
		this.cluster.lead(MIRROR);
		assertThat(this.cluster.leadership().lineage()).isEqualTo(new GenerationHistory(CLUSTER, 2L));
	}

	@Test
	void theLineageKeepsTheHighestGeneration() {
		answered(PRIMARY, Role.WRITABLE, 3L, at(1));
		this.cluster.lead(PRIMARY);
		answered(PRIMARY, Role.WRITABLE, 2L, at(2));
		assertThat(this.cluster.leadership().lineage()).isEqualTo(new GenerationHistory(CLUSTER, 3L));
	}

	@Test
	void aWritableNodeThatDoesNotLeadDoesNotChangeTheLineage() {
		answered(PRIMARY, Role.WRITABLE, 1L, at(1));
		this.cluster.lead(PRIMARY);
		answered(MIRROR, Role.WRITABLE, 9L, at(2));
		assertThat(this.cluster.leadership().lineage()).isEqualTo(new GenerationHistory(CLUSTER, 1L));
	}

	@Test
	void theLeaderStaysWhileNoNodeTakesWrites() {
		answered(PRIMARY, Role.WRITABLE, 1L, at(1));
		this.cluster.lead(PRIMARY);
		this.cluster.lead(null);
		assertThat(this.cluster.leadership().node()).isEqualTo(PRIMARY);
	}

	@Test
	void knowsTheFollowersOfANewLeaderAtOnce() {
		History history = new GenerationHistory(CLUSTER, 1L);
		probed(PRIMARY, Verdict.UP, BreakerState.CLOSED, new Reading(Role.WRITABLE, "a", history), at(1));
		probed(MIRROR, Verdict.UP, BreakerState.CLOSED, new Reading(Role.READ_ONLY, "b", history), at(2));
		this.cluster.learn(MIRROR, new ReplicationReading(true, "a", null, null, null, List.of()), at(2));
		this.cluster.lead(PRIMARY);
		assertThat(this.cluster.leadership().followers()).containsExactly("b");
	}

	@Test
	void followersHaveTheirReplicationInTheirStatus() {
		answered(PRIMARY, Role.WRITABLE, 1L, at(1));
		this.cluster.lead(PRIMARY);
		answered(MIRROR, Role.READ_ONLY, 1L, at(2));
		this.cluster.learn(MIRROR, new ReplicationReading(true, null, null), at(2));
		assertThat(this.cluster.all().get(0).replication()).isNull();
		assertThat(this.cluster.all().get(1).replication()).isNotNull();
	}

	@Test
	void severalWritableNodesAreASplitBrainOnceEachIsReadAfterTheLastBecameWritable() {
		answered(PRIMARY, Role.WRITABLE, 3L, at(1));
		answered(MIRROR, Role.WRITABLE, 3L, at(2));
		assertThat(isSplitBrain()).isFalse();
		answered(PRIMARY, Role.WRITABLE, 3L, at(3));
		assertThat(isSplitBrain()).isFalse();
		answered(MIRROR, Role.WRITABLE, 3L, at(4));
		assertThat(isSplitBrain()).isTrue();
		answered(PRIMARY, Role.READ_ONLY, 3L, at(5));
		assertThat(isSplitBrain()).isFalse();
	}

	/**
	 * As long as the leader lists the follower, it may follow the leader itself, which
	 * was promoted again.
	 */
	@Test
	void aFollowerThatTheLeaderStillListsIsNoWitness() {
		follow("m1", "mirror", at(2));
		answered(MIRROR, "m1", Role.READ_ONLY, 2L, at(3));
		this.cluster.learn(MIRROR, receiving("mirror"), at(3));
		assertThat(this.cluster.leadership().deposed()).isFalse();
	}

	@Test
	void aFollowerThatWasStartedAgainBehindAPromotedServerIsAWitnessByItsName() {
		follow("m1", "mirror", at(2));
		this.cluster.learn(PRIMARY, new ReplicationReading(false, null, List.of()), at(3));
		answered(MIRROR, "m2", Role.READ_ONLY, 2L, at(3));
		this.cluster.learn(MIRROR, receiving("mirror"), at(3));
		assertThat(this.cluster.leadership().deposed()).isTrue();
	}

	@Test
	void aFollowerThatTheLeaderListsNoMoreStaysAWitness() {
		follow("m1", "mirror", at(2));
		this.cluster.learn(PRIMARY, new ReplicationReading(false, null, List.of()), at(3));
		answered(MIRROR, "m1", Role.READ_ONLY, 2L, at(3));
		this.cluster.learn(MIRROR, receiving("mirror"), at(3));
		assertThat(this.cluster.leadership().deposed()).isTrue();
	}

	@Test
	void aFollowerThatReceivesNothingIsNoWitness() {
		follow("m1", "mirror", at(2));
		answered(MIRROR, "m2", Role.READ_ONLY, 2L, at(3));
		this.cluster.learn(MIRROR, new ReplicationReading(false, null, null), at(3));
		assertThat(this.cluster.leadership().deposed()).isFalse();
	}

	@Test
	void aFollowerOfAnotherFollowerIsNoWitness() {
		follow("m1", "cascaded", at(2));
		answered(MIRROR, "m1", Role.READ_ONLY, 2L, at(3));
		this.cluster.learn(MIRROR, receiving("cascaded"), at(3));
		assertThat(this.cluster.leadership().deposed()).isFalse();
	}

	@Test
	void aFollowerThatWasPromotedAndStartedAgainIsNoWitness() {
		follow("m1", "mirror", at(2));
		answered(MIRROR, "m1", Role.WRITABLE, 2L, at(3));
		answered(MIRROR, "m2", Role.READ_ONLY, 2L, at(4));
		this.cluster.learn(MIRROR, receiving("mirror"), at(4));
		assertThat(this.cluster.leadership().deposed()).isFalse();
	}

	/**
	 * Lets the mirror follow a leader that lists one follower.
	 */
	private void follow(String instance, String name, Instant at) {
		answered(PRIMARY, "p1", Role.WRITABLE, 1L, at);
		this.cluster.lead(PRIMARY);
		this.cluster.learn(PRIMARY,
				new ReplicationReading(false, null, List.of(new ReplicationReading.Follower("mirror", false))), at);
		answered(MIRROR, instance, Role.READ_ONLY, 1L, at);
		this.cluster.learn(MIRROR, receiving(name), at);
	}

	private static ReplicationReading receiving(String name) {
		return new ReplicationReading(true, null, name, null, List.of(), List.of());
	}

	@Test
	void remembersTheFirstBadSignal() {
		assertThat(this.cluster.firstBadSignal(PRIMARY)).isZero();
		Probe probe = new Probe(NOW, Duration.ofMillis(1), Verdict.DOWN, "08001 refused");
		this.cluster.learn(new ProbeResult(PRIMARY, null, probe, 0, null, BreakerState.CLOSED, 42));
		assertThat(this.cluster.firstBadSignal(PRIMARY)).isEqualTo(42);
	}

	private boolean isSplitBrain() {
		Rivalry rivalry = this.cluster.rivalry();
		return rivalry != null && rivalry.confirmed();
	}

	private void answered(Node node, Role role, @Nullable Long generation, Instant at) {
		answered(node, null, role, generation, at);
	}

	private void answered(Node node, @Nullable String instance, Role role, @Nullable Long generation, Instant at) {
		Reading reading = new Reading(role, instance, new GenerationHistory(CLUSTER, generation), List.of());
		probed(node, Verdict.UP, BreakerState.CLOSED, reading, at);
	}

	private void failed(Node node, Verdict verdict, BreakerState breaker, Instant at) {
		probed(node, verdict, breaker, null, at);
	}

	private void probed(Node node, Verdict verdict, BreakerState breaker, @Nullable Reading reading, Instant at) {
		Probe probe = new Probe(at, Duration.ofMillis(1), verdict, (reading != null) ? null : "an error");
		this.cluster.learn(new ProbeResult(node, null, probe, 0, reading, breaker, 0));
	}

	private static Instant at(int seconds) {
		return NOW.plusSeconds(seconds);
	}

}
