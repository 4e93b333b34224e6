package dev.failover.internal.policy;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.failover.Cause;
import dev.failover.Condition;
import dev.failover.Mode;
import dev.failover.Node;
import dev.failover.NodeStatus;
import dev.failover.Replication;
import dev.failover.Role;
import dev.failover.stub.SharedHistory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static dev.failover.NodeStatusFixture.IN_STEP;
import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.NOW;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static dev.failover.NodeStatusFixture.down;
import static dev.failover.NodeStatusFixture.on;
import static dev.failover.NodeStatusFixture.unverified;
import static dev.failover.NodeStatusFixture.up;
import static dev.failover.NodeStatusFixture.verified;
import static dev.failover.internal.policy.PolicyScenario.MULTI_WRITER;
import static dev.failover.internal.policy.PolicyScenario.STANDBY;
import static dev.failover.internal.policy.PolicyScenario.failedOver;
import static dev.failover.internal.policy.PolicyScenario.normal;
import static dev.failover.internal.policy.PolicyScenario.startup;
import static dev.failover.internal.policy.PolicyScenario.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Policy} and {@link ConditionRules} with members of a cluster that
 * write one history together.
 */
final class PolicySharedHistoryTests {

	private static final Node THIRD = new Node("third");

	private static NodeStatus member(Node node, Role role, long at, @Nullable Replication sample) {
		return on(up(node, role, new SharedHistory("one", at), sample), node.name());
	}

	private static NodeStatus member(Node node, long at, @Nullable Replication sample) {
		return member(node, Role.WRITABLE, at, sample);
	}

	/**
	 * Returns the scenario with the leader of a cluster at transaction 100.
	 */
	private static PolicyScenario led(PolicyScenario scenario, Node leader, PolicySettings settings) {
		return scenario
			.with(new Leadership(leader, leader.name(), new SharedHistory("one", 100), NOW.minusSeconds(60), NOW, false,
					Set.of(), Set.of(), null))
			.with(settings);
	}

	private static List<String> conditions(PolicyScenario scenario) {
		return new ConditionRules(scenario.settings()).evaluate(scenario.situation(), List.of())
			.stream()
			.map(Condition::label)
			.toList();
	}

	@Test
	void aMemberThatReceivesTheRestByItselfTakesTheWritesOfALostOne() {
		led(normal(down(PRIMARY), member(MIRROR, 97, IN_STEP)), PRIMARY, MULTI_WRITER).assertMoves(Mode.FAILED_OVER,
				MIRROR, MIRROR, Cause.NODE_LOST);
	}

	@Test
	void aMemberThatIsFarBehindDoesNotTakeTheWrites() {
		NodeStatus far = member(MIRROR, 40, verified(Duration.ofSeconds(11)));
		led(normal(down(PRIMARY), far), PRIMARY, MULTI_WRITER).assertMoves(Mode.UNAVAILABLE, null, null,
				Cause.NODE_LOST);
	}

	@Test
	void aMemberThatItsClusterDoesNotWaitForTakesTheWritesOnlyIfNoOtherCan() {
		NodeStatus donor = member(MIRROR, 100, unverified(Duration.ZERO));
		PolicyScenario lost = led(normal(down(PRIMARY), donor), PRIMARY, MULTI_WRITER);
		lost.assertMoves(Mode.FAILED_OVER, MIRROR, MIRROR, Cause.NODE_LOST);
		lost.and(member(THIRD, 100, IN_STEP)).assertMoves(Mode.FAILED_OVER, THIRD, THIRD, Cause.NODE_LOST);
	}

	@Test
	void writesLeaveAMemberThatMustNotBeUsed() {
		led(normal(member(PRIMARY, Role.UNUSABLE, 100, null), member(MIRROR, 101, IN_STEP)), PRIMARY, MULTI_WRITER)
			.assertMoves(Mode.FAILED_OVER, MIRROR, MIRROR, Cause.ROLE_CHANGED);
	}

	@Test
	void nobodyTakesWritesWhileNoMemberMayBeUsed() {
		PolicyScenario scenario = led(
				normal(member(PRIMARY, Role.UNUSABLE, 100, null), member(MIRROR, Role.UNUSABLE, 100, IN_STEP)), PRIMARY,
				MULTI_WRITER);
		scenario.assertMoves(Mode.UNAVAILABLE, null, null, Cause.ROLE_CHANGED);
		assertThat(conditions(scenario)).containsExactly("IMPAIRED of node 'primary'", "IMPAIRED of node 'mirror'");
	}

	@Test
	void aMemberThatMustNotBeUsedIsNotDeposed() {
		Leadership led = Leadership.NONE.led(member(PRIMARY, 100, null));
		assertThat(led.read(member(PRIMARY, Role.UNUSABLE, 100, null)).deposed()).isFalse();
	}

	@Test
	void writesReturnToThePreferredMemberAlsoWhileItIsBehindForAMoment() {
		led(failedOver(member(PRIMARY, 98, IN_STEP), member(MIRROR, 100, null)), MIRROR, MULTI_WRITER)
			.after(PolicyScenario.MIN_STAY, 0)
			.assertMoves(Mode.NORMAL, PRIMARY, PRIMARY, Cause.FAILBACK);
	}

	/**
	 * It may lack what was not on its disk when the whole cluster was lost.
	 */
	@Test
	void thePreferredMemberTakesWritesAloneAfterTheLossOfTheWholeCluster() {
		led(unavailable(member(PRIMARY, 99, null), down(MIRROR)), PRIMARY, MULTI_WRITER).assertMoves(Mode.NORMAL,
				PRIMARY, PRIMARY, Cause.NODE_RETURNED);
	}

	@Test
	void writesFollowAClusterThatReplacesTheOneBefore() {
		NodeStatus primary = on(up(PRIMARY, Role.WRITABLE, new SharedHistory("two", 5), null), "a");
		NodeStatus mirror = on(up(MIRROR, Role.WRITABLE, new SharedHistory("two", 5), null), "b");
		led(unavailable(primary, mirror), PRIMARY, MULTI_WRITER).assertMoves(Mode.NORMAL, PRIMARY, PRIMARY,
				Cause.NODE_RETURNED);
	}

	@Test
	void anApplicationThatStartsWhileThePrimaryIsDownWritesToAnotherMember() {
		startup(down(PRIMARY), member(MIRROR, 100, null)).with(MULTI_WRITER)
			.assertMoves(Mode.FAILED_OVER, MIRROR, MIRROR, Cause.STARTUP);
	}

	@Test
	void membersThatAllAcceptWritesAreNoSplitBrainInTheTopologyStandby() {
		PolicyScenario scenario = led(normal(member(PRIMARY, 100, null), member(MIRROR, 97, IN_STEP)), PRIMARY,
				STANDBY);
		assertThat(conditions(scenario)).isEmpty();
		assertThat(new ConditionRules(STANDBY).isReady(scenario.situation())).isTrue();
		scenario.assertStays();
	}

	@Test
	void membersOfTwoClustersAreASplitBrainInTheTopologyStandby() {
		NodeStatus other = on(up(MIRROR, Role.WRITABLE, new SharedHistory("two", 100), IN_STEP), "mirror");
		assertThat(conditions(led(normal(member(PRIMARY, 100, null), other), PRIMARY, STANDBY)))
			.contains("SPLIT_BRAIN");
	}

	@Test
	void theConditionOfADonorSaysThatItTakesWritesOnlyIfNoOtherCan() {
		PolicyScenario scenario = led(
				normal(member(PRIMARY, 100, null), member(MIRROR, 100, unverified(Duration.ZERO))), PRIMARY,
				MULTI_WRITER);
		assertThat(new ConditionRules(MULTI_WRITER).evaluate(scenario.situation(), List.of())).singleElement()
			.satisfies((condition) -> {
				assertThat(condition.kind()).isEqualTo(Condition.Kind.UNVERIFIED);
				assertThat(condition.detail()).contains("takes writes only if no other member can");
			});
	}

}
