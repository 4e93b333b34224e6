package dev.failover.internal.policy;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

import dev.failover.History;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.Role;
import dev.failover.stub.GenerationHistory;
import dev.failover.stub.VectorHistory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static dev.failover.NodeStatusFixture.CLUSTER;
import static dev.failover.NodeStatusFixture.foreignHistory;
import static dev.failover.NodeStatusFixture.history;
import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.NOW;
import static dev.failover.NodeStatusFixture.on;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static dev.failover.NodeStatusFixture.standby;
import static dev.failover.NodeStatusFixture.unusable;
import static dev.failover.NodeStatusFixture.up;
import static dev.failover.NodeStatusFixture.writable;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Leadership}: what one reading changes.
 */
final class LeadershipTests {

	/** The primary leads as server "a" with generation 1, as read at second 1. */
	private static final Leadership LED = Leadership.NONE.led(read(writable(PRIMARY, 1), "a", 1));

	@Test
	void hasNoLeaderBeforeTheFirstWrites() {
		assertThat(Leadership.NONE.leader()).isNull();
		assertThat(LED.leader()).isEqualTo("a");
	}

	@Test
	void namesALeaderOfUnknownInstanceByItsNode() {
		assertThat(Leadership.NONE.led(writable(PRIMARY, 1)).leader()).isEqualTo("primary");
	}

	@Test
	void noNodeLeadsOnceTheLeaderMustNotBeUsed() {
		Leadership deposed = LED.read(read(unusable(PRIMARY), "a", 2));
		assertThat(deposed.leader()).isNull();
		assertThat(deposed.leads(read(writable(PRIMARY, 1), "a", 3))).isFalse();
		assertThat(deposed.leads(writable(PRIMARY, 1))).isFalse();
	}

	@Test
	void aLeaderThatFollowsWhatContinuesItIsDeposed() {
		Leadership deposed = LED.read(read(standby(PRIMARY, 2), "a", 5));
		assertThat(deposed.deposed()).isTrue();
		assertThat(deposed.lineage()).isEqualTo(history(2));
		assertThat(deposed.lineageAt()).isEqualTo(second(5));
	}

	@Test
	void aLeaderThatOnlyRefusesWritesIsNotDeposed() {
		assertThat(LED.read(read(standby(PRIMARY, 1), "a", 5)).deposed()).isFalse();
	}

	@Test
	void theLineageWasLastSeenOnANodeThatHasReachedIt() {
		assertThat(LED.read(read(standby(MIRROR, 1), "b", 5)).lineageAt()).isEqualTo(second(5));
		Leadership positioned = Leadership.NONE.led(read(at(PRIMARY, Role.WRITABLE, 100), "a", 1));
		assertThat(positioned.read(read(at(MIRROR, Role.READ_ONLY, 101), "b", 5)).lineageAt()).isEqualTo(second(5));
		assertThat(positioned.read(read(at(MIRROR, Role.READ_ONLY, 99), "b", 5)).lineageAt()).isEqualTo(second(1));
	}

	@Test
	void theLineageWasNotSeenOnANodeOfOtherDataNorOnAnotherWritableOne() {
		assertThat(LED.read(read(standby(MIRROR, 2), "b", 5))).isEqualTo(LED);
		assertThat(LED.read(read(up(MIRROR, Role.READ_ONLY, foreignHistory(), null), "b", 5))).isEqualTo(LED);
		assertThat(LED.read(read(writable(MIRROR, 1), "b", 5))).isEqualTo(LED);
	}

	@Test
	void aRivalThatAcceptsNoWritesIsARivalNoMore() {
		Leadership besideRival = LED.withRival(read(writable(MIRROR, 2), "b", 2), true);
		assertThat(besideRival.read(read(writable(MIRROR, 2), "b", 3)).rivals()).containsExactly("b");
		assertThat(besideRival.read(read(standby(MIRROR, 1), "b", 3)).rivals()).isEmpty();
		assertThat(besideRival.read(read(standby(MIRROR, 2), "b", 3)).rivals()).isEmpty();
	}

	@Test
	void theLeaderKeepsItsRivalsWhenItRestarts() {
		Leadership besideRival = LED.withRival(read(writable(MIRROR, 2), "b", 2), true);
		assertThat(besideRival.led(read(writable(PRIMARY, 1), "restarted a", 3)).rivals()).containsExactly("b");
		assertThat(besideRival.led(read(writable(PRIMARY, 2), "c", 3)).rivals()).isEmpty();
	}

	@Test
	void theLeaderStaysTheChosenOneUntilAnotherServerLeads() {
		Leadership chosen = LED.chosen(second(2));
		Leadership beside = chosen.withRival(read(writable(MIRROR, 2), "b", 2), true)
			.withFollower(read(standby(MIRROR, 1), "c", 3), null, true)
			.read(read(standby(MIRROR, 1), "c", 3));
		assertThat(beside.read(read(writable(PRIMARY, 1), "a", 4)).chosenAt()).isEqualTo(second(2));
		assertThat(chosen.led(read(writable(MIRROR, 1), "a", 7)).chosenAt()).isEqualTo(second(2));
		assertThat(chosen.led(read(writable(PRIMARY, 1), "restarted a", 7)).chosenAt()).isEqualTo(second(2));
		assertThat(chosen.led(read(writable(MIRROR, 2), "b", 7)).chosenAt()).isNull();
		assertThat(chosen.led(read(writable(MIRROR, 1), "b", 7)).chosenAt()).isNull();
		assertThat(chosen.read(read(standby(PRIMARY, 2), "a", 7)).chosenAt()).isNull();
		assertThat(chosen.followed(read(writable(PRIMARY, 2), "b", 7)).chosenAt()).isNull();
	}

	@Test
	void theLeaderMayTakeWritesUnderAnotherName() {
		Leadership renamed = LED.led(read(writable(MIRROR, 1), "a", 7));
		assertThat(renamed)
			.isEqualTo(new Leadership(MIRROR, "a", history(1), second(1), second(1), false, Set.of(), Set.of(), null));
	}

	@Test
	void aNewLeaderBringsItsHistory() {
		Leadership next = LED.led(read(writable(MIRROR, 2), "b", 7));
		assertThat(next.lineage()).isEqualTo(history(2));
		assertThat(next.lineageAt()).isEqualTo(second(7));
	}

	@Test
	void aNewLeaderOfUnknownHistoryLeavesTheLineageAsItWas() {
		Leadership next = LED.led(read(up(MIRROR, Role.WRITABLE, null, null), "b", 7));
		assertThat(next)
			.isEqualTo(new Leadership(MIRROR, "b", history(1), second(1), second(7), false, Set.of(), Set.of(), null));
	}

	@Test
	void theLeaderExtendsTheLineageWhenItIsRead() {
		Leadership next = LED.read(read(writable(PRIMARY, 2), "a", 5));
		assertThat(next)
			.isEqualTo(new Leadership(PRIMARY, "a", history(2), second(5), second(5), false, Set.of(), Set.of(), null));
	}

	@Test
	void aLeaderThatTellsNoHistoryLeavesTheLineageAsItWas() {
		Leadership next = LED.read(read(up(PRIMARY, Role.WRITABLE, null, null), "a", 5));
		assertThat(next)
			.isEqualTo(new Leadership(PRIMARY, "a", history(1), second(1), second(5), false, Set.of(), Set.of(), null));
	}

	@Test
	void whatTheSameProcessTellsIsItsHistoryAlsoIfItCannotBeCompared() {
		History other = new VectorHistory(CLUSTER, Map.of("server1", 1L));
		NodeStatus node = up(PRIMARY, Role.WRITABLE, other, null);
		assertThat(LED.read(read(node, "a", 5)).lineage()).isEqualTo(other);
		assertThat(LED.read(read(node, null, 5)).lineage()).isEqualTo(history(1));
	}

	@Test
	void whatTheSameProcessTellsIsNotItsHistoryIfItIsAnotherDatabase() {
		NodeStatus node = up(PRIMARY, Role.WRITABLE, foreignHistory(), null);
		assertThat(LED.read(read(node, "a", 5)).lineage()).isEqualTo(history(1));
	}

	@Test
	void theServerOfTheLeaderStaysKnown() {
		assertThat(LED.read(read(writable(PRIMARY, 1), null, 5)).server()).isEqualTo("a");
		Leadership unknown = Leadership.NONE.led(writable(PRIMARY, 1));
		assertThat(unknown.read(read(writable(PRIMARY, 1), "a", 5)).server()).isEqualTo("a");
	}

	@Test
	void aFollowerThatIsSeenAgainStaysAFollower() {
		Leadership followed = LED.withFollower(read(standby(MIRROR, 1), "b", 2), null, true)
			.withFollower(read(standby(MIRROR, 1), "c", 2), null, true)
			.withFollower(read(standby(MIRROR, 1), "b", 3), null, true);
		assertThat(followed.followers()).containsExactlyInAnyOrder("b", "c");
	}

	@Test
	void theServerThatIsFollowedInAPauseDoesNotLeadYet() {
		NodeStatus other = read(writable(PRIMARY, 2), "b", 5);
		Leadership paused = LED.followed(other);
		assertThat(paused.leads(other)).isFalse();
		assertThat(paused.node()).isEqualTo(PRIMARY);
		assertThat(paused.lineage()).isEqualTo(history(2));
		assertThat(paused.lineageAt()).isEqualTo(second(5));
	}

	private static NodeStatus at(Node node, Role role, long position) {
		return up(node, role, new GenerationHistory(CLUSTER, 1L, position), null);
	}

	private static NodeStatus read(NodeStatus status, @Nullable String instance, int second) {
		return on(status, instance, second(second));
	}

	private static Instant second(int second) {
		return NOW.plusSeconds(second);
	}

}
