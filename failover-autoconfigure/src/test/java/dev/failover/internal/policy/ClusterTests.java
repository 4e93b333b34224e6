package dev.failover.internal.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.failover.Node;
import dev.failover.NodeStatus;
import org.junit.jupiter.api.Test;

import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.NOW;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static dev.failover.NodeStatusFixture.history;
import static dev.failover.NodeStatusFixture.on;
import static dev.failover.NodeStatusFixture.refusingConnections;
import static dev.failover.NodeStatusFixture.standby;
import static dev.failover.NodeStatusFixture.unknown;
import static dev.failover.NodeStatusFixture.unusable;
import static dev.failover.NodeStatusFixture.writable;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Cluster} and {@link Leadership}, step by step.
 */
final class ClusterTests {

	private static final Optional<Boolean> UNTOLD = Optional.empty();

	private Cluster cluster = Cluster.unknown(List.of(unknown(PRIMARY), unknown(MIRROR)));

	private int second;

	@Test
	void anotherWritableServerIsNoSplitBrainBeforeEachWasReadAgain() {
		read(writable(PRIMARY, 1), "a");
		read(writable(MIRROR, 2), "b");
		read(writable(MIRROR, 2), "b");
		read(writable(PRIMARY, 2), "restarted b");
		assertThat(isConfirmed()).isFalse();
		read(writable(MIRROR, 2), "b");
		read(writable(PRIMARY, 1), "restarted b");
		assertThat(isConfirmed()).isTrue();
	}

	@Test
	void aLeaderThatRefusesNewConnectionsIsStillOneOfTwoThatAcceptWrites() {
		read(writable(PRIMARY, 1), "a");
		read(writable(MIRROR, 2), "b");
		read(refusingConnections(writable(PRIMARY, 1)), "a");
		read(writable(MIRROR, 2), "b");
		assertThat(isConfirmed()).isTrue();
	}

	@Test
	void aFollowerThatFollowsAnotherServerDeposesTheLeader() {
		followed();
		read(standby(MIRROR, 2), "b");
		assertThat(this.cluster.leadership().deposed()).isFalse();
		replicates(MIRROR, true, UNTOLD);
		assertThat(this.cluster.leadership().deposed()).isTrue();
	}

	@Test
	void aFollowerThatReceivesNothingDoesNotDeposeTheLeader() {
		followed();
		read(standby(MIRROR, 2), "b");
		replicates(MIRROR, false, UNTOLD);
		assertThat(this.cluster.leadership().deposed()).isFalse();
	}

	@Test
	void aFollowerOfThePromotedLeaderDoesNotDeposeIt() {
		followed();
		read(standby(MIRROR, 2), "b");
		replicates(MIRROR, true, Optional.of(true));
		assertThat(this.cluster.leadership().deposed()).isFalse();
	}

	@Test
	void aServerThatNeverFollowedTheLeaderDoesNotDeposeIt() {
		followed();
		read(standby(MIRROR, 2), "c");
		replicates(MIRROR, true, UNTOLD);
		assertThat(this.cluster.leadership().deposed()).isFalse();
	}

	@Test
	void aLeaderThatMustNotBeUsedIsDeposedAndItsRivalsMayLead() {
		followed();
		read(writable(MIRROR, 2), "b");
		assertThat(this.cluster.leadership().rivals()).isEmpty();
		read(writable(PRIMARY, 1), "a");
		assertThat(this.cluster.leadership().rivals()).containsExactly("b");
		read(unusable(PRIMARY), "a");
		assertThat(this.cluster.leadership().deposed()).isTrue();
		assertThat(this.cluster.leadership().rivals()).isEmpty();
		assertThat(this.cluster.leadership().lineage()).isEqualTo(history(1));
	}

	@Test
	void theLeaderKeepsItsFollowersWhenItRestarts() {
		followed();
		read(writable(PRIMARY, 1), "restarted a");
		this.cluster = this.cluster.led(PRIMARY);
		replicates(PRIMARY, false, Optional.of(false));
		assertThat(this.cluster.leadership().followers()).containsExactly("b");
	}

	@Test
	void anotherLeaderHasOtherFollowers() {
		followed();
		read(writable(PRIMARY, 2), "c");
		this.cluster = this.cluster.led(PRIMARY);
		assertThat(this.cluster.leadership().followers()).isEmpty();
	}

	@Test
	void aServerThatFollowsAnotherFollowerIsNoFollower() {
		followed();
		replicates(MIRROR, true, Optional.of(false));
		assertThat(this.cluster.leadership().followers()).isEmpty();
	}

	/**
	 * It receives the old history first, up to the promotion.
	 */
	@Test
	void aFollowerThatIsMovedToAPromotedServerDeposesTheLeaderOnceItHasThatHistory() {
		Node third = new Node("third");
		this.cluster = Cluster.unknown(List.of(unknown(PRIMARY), unknown(MIRROR), unknown(third)));
		followed();
		read(writable(third, 2), "c");
		read(writable(PRIMARY, 1), "a");
		replicates(MIRROR, true, Optional.of(false));
		assertThat(this.cluster.leadership().deposed()).isFalse();
		read(standby(MIRROR, 2), "b");
		replicates(MIRROR, true, Optional.of(false));
		assertThat(this.cluster.leadership().deposed()).isTrue();
	}

	/**
	 * It is read before the leader shows that it goes on beside the promoted one.
	 */
	@Test
	void aFollowerThatIsMovedToAPromotedServerAtOnceDeposesTheLeaderOnceItHasThatHistory() {
		Node third = new Node("third");
		this.cluster = Cluster.unknown(List.of(unknown(PRIMARY), unknown(MIRROR), unknown(third)));
		followed();
		read(writable(third, 2), "c");
		replicates(MIRROR, true, Optional.of(false));
		read(writable(PRIMARY, 1), "a");
		read(standby(MIRROR, 2), "b");
		replicates(MIRROR, true, Optional.of(false));
		assertThat(this.cluster.leadership().deposed()).isTrue();
	}

	/**
	 * A replica that was promoted for a test comes back as a new server.
	 */
	@Test
	void aServerThatFollowsAnotherFollowerIsNoFollowerOnceTheRivalWasRebuilt() {
		Node third = new Node("third");
		this.cluster = Cluster.unknown(List.of(unknown(PRIMARY), unknown(MIRROR), unknown(third)));
		followed();
		read(writable(third, 2), "c");
		read(writable(PRIMARY, 1), "a");
		read(standby(third, 1), "rebuilt c");
		replicates(MIRROR, true, Optional.of(false));
		assertThat(this.cluster.leadership().followers()).doesNotContain("b");
	}

	@Test
	void anotherServerBehindTheNameInAPauseIsFollowedButDoesNotLeadYet() {
		followed();
		read(writable(PRIMARY, 2), "c");
		this.cluster = this.cluster.ledInPause(PRIMARY);
		assertThat(this.cluster.leadership().lineage()).isEqualTo(history(2));
		assertThat(this.cluster.leadership().leads(this.cluster.status(PRIMARY))).isFalse();
		assertThat(this.cluster.leadership().followers()).isEmpty();
	}

	private void followed() {
		read(writable(PRIMARY, 1), "a");
		this.cluster = this.cluster.led(PRIMARY);
		read(standby(MIRROR, 1), "b");
		replicates(MIRROR, true, Optional.of(true));
		assertThat(this.cluster.leadership().followers()).containsExactly("b");
	}

	private boolean isConfirmed() {
		Rivalry rivalry = this.cluster.rivalry(Set.of());
		return rivalry != null && rivalry.confirmed();
	}

	private void read(NodeStatus status, String instance) {
		Instant at = NOW.plusSeconds(++this.second);
		this.cluster = this.cluster.probed(on(status, instance, at).withReplication(null), true, at);
	}

	private void replicates(Node node, boolean receiving, Optional<Boolean> followsLeader) {
		this.cluster = this.cluster.followed(node, receiving, null, (other) -> followsLeader);
	}

}
