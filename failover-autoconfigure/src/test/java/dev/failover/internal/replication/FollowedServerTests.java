package dev.failover.internal.replication;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import dev.failover.Node;
import dev.failover.Role;
import dev.failover.dialect.Reading;
import dev.failover.dialect.ReplicationReading;
import dev.failover.dialect.ReplicationReading.Follower;
import dev.failover.stub.GenerationHistory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.failover.NodeStatusFixture.MIRROR;
import static dev.failover.NodeStatusFixture.NOW;
import static dev.failover.NodeStatusFixture.PRIMARY;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what {@link ReplicationWatch} tells about the server that a node follows: by
 * the identity of servers or, where a database does not tell it, by the names of
 * followers.
 */
final class FollowedServerTests {

	private static final Node OTHER = new Node("other");

	private final ReplicationWatch watch = new ReplicationWatch(Duration.ofSeconds(10));

	@BeforeEach
	void followThePrimary() {
		this.watch.follow(PRIMARY.name());
	}

	@Test
	void theIdentityOfItsSourceTellsWhetherANodeFollowsTheLeader() {
		this.watch.follow("a");
		leads("a", List.of());
		follows(MIRROR, "a", null);
		assertThat(this.watch.followsLeader(MIRROR)).contains(true);
		follows(MIRROR, "b", null);
		assertThat(this.watch.followsLeader(MIRROR)).contains(false);
	}

	@Test
	void withoutAnIdentityTheLeadersListOfNamesTells() {
		leads(null, List.of("m", "x"));
		follows(MIRROR, null, "m");
		assertThat(this.watch.followsLeader(MIRROR)).contains(true);
		follows(MIRROR, "b", "m");
		assertThat(this.watch.followsLeader(MIRROR)).contains(true);
		follows(MIRROR, null, "n");
		assertThat(this.watch.followsLeader(MIRROR)).contains(false);
	}

	@Test
	void theLeadersListOfNamesTellsWhereAFollowerDoesNotKnowTheIdentityOfItsSource() {
		this.watch.follow("a");
		leads("a", List.of("m"));
		follows(MIRROR, null, "m");
		assertThat(this.watch.followsLeader(MIRROR)).contains(true);
	}

	@Test
	void anUnreadableListOrAMissingNameTellsNothing() {
		leads(null, null);
		follows(MIRROR, null, "m");
		assertThat(this.watch.followsLeader(MIRROR)).isEmpty();
		leads(null, Arrays.asList("m", null));
		assertThat(this.watch.followsLeader(MIRROR)).isEmpty();
		leads(null, List.of("m"));
		follows(MIRROR, null, null);
		assertThat(this.watch.followsLeader(MIRROR)).isEmpty();
		this.watch.readReplication(PRIMARY, null, NOW);
		follows(MIRROR, null, "m");
		assertThat(this.watch.followsLeader(MIRROR)).isEmpty();
	}

	@Test
	void aNodeThatReceivesNoLogIsNotKnownToFollowAnybody() {
		leads(null, List.of("m"));
		assertThat(this.watch.followsLeader(MIRROR)).isEmpty();
		streams(MIRROR, "mirror", false, null, "m");
		assertThat(this.watch.followsLeader(MIRROR)).isEmpty();
	}

	@Test
	void withoutALeaderThatAnsweredNothingIsKnown() {
		follows(MIRROR, null, "m");
		this.watch.readReplication(PRIMARY, listing(List.of("m")), NOW);
		assertThat(this.watch.followsLeader(MIRROR)).isEmpty();
		leads(null, List.of("m"));
		this.watch.follow(null);
		assertThat(this.watch.followsLeader(MIRROR)).isEmpty();
	}

	@Test
	void aNameThatSeveralOfOurServersShareTellsOnlyIfTheLeaderListsAllOfThem() {
		follows(MIRROR, null, "m");
		follows(OTHER, null, "m");
		leads(null, List.of("m"));
		assertThat(this.watch.followsLeader(MIRROR)).isEmpty();
		leads(null, List.of("m", "m"));
		assertThat(this.watch.followsLeader(MIRROR)).contains(true);
		leads(null, List.of());
		assertThat(this.watch.followsLeader(MIRROR)).contains(false);
	}

	@Test
	void aNameIsOfOneNodeIfNoOtherServerStreamsUnderIt() {
		assertThat(this.watch.nameOf(MIRROR)).isNull();
		follows(MIRROR, null, null);
		assertThat(this.watch.nameOf(MIRROR)).isNull();
		follows(MIRROR, null, "m");
		follows(OTHER, null, "o");
		assertThat(this.watch.nameOf(MIRROR)).isEqualTo("m");
		assertThat(this.watch.nameOf(OTHER)).isEqualTo("o");
		follows(OTHER, null, "m");
		assertThat(this.watch.nameOf(MIRROR)).isNull();
		streams(OTHER, "other", false, null, "m");
		assertThat(this.watch.nameOf(MIRROR)).isEqualTo("m");
	}

	@Test
	void twoNodesThatLeadToOneServerDoNotShareItsName() {
		streams(MIRROR, "b", true, null, "m");
		streams(OTHER, "b", true, null, "m");
		assertThat(this.watch.nameOf(MIRROR)).isEqualTo("m");
		assertThat(this.watch.nameOf(OTHER)).isEqualTo("m");
	}

	@Test
	void theLeaderWaitsForANamedFollowerIfItWaitsForAllOfItsName() {
		leads(null, List.of());
		follows(MIRROR, null, "m");
		assertThat(waitsForMirror(new Follower("m", true), new Follower("x", false), new Follower(null, false)))
			.isTrue();
		assertThat(waitsForMirror(new Follower("m", false), new Follower("x", true))).isFalse();
		assertThat(waitsForMirror(new Follower("m", true), new Follower("m", false))).isFalse();
		assertThat(waitsForMirror(new Follower("x", true))).isFalse();
	}

	@Test
	void withoutNamesTheLeaderWaitsForASingleFollowerOnly() {
		leads(null, List.of());
		follows(MIRROR, null, "m");
		assertThat(waitsForMirror(new Follower(null, true))).isTrue();
		assertThat(waitsForMirror(new Follower(null, true), new Follower(null, true))).isFalse();
		follows(MIRROR, null, null);
		assertThat(waitsForMirror(new Follower("m", true))).isTrue();
		assertThat(waitsForMirror(new Follower("m", true), new Follower("x", true))).isFalse();
		assertThat(waitsForMirror()).isFalse();
	}

	@Test
	void whileTheListCannotBeReadItIsAsBefore() {
		leads(null, null);
		follows(MIRROR, null, "m");
		assertThat(isSynchronous()).isFalse();
		assertThat(waitsForMirror(new Follower("m", true))).isTrue();
		leads(null, null);
		assertThat(isSynchronous()).isTrue();
	}

	private boolean waitsForMirror(Follower... followers) {
		this.watch.readReplication(PRIMARY, new ReplicationReading(false, null, List.of(followers)), NOW);
		return isSynchronous();
	}

	private boolean isSynchronous() {
		return Objects.requireNonNull(this.watch.of(MIRROR)).synchronous();
	}

	private void leads(@Nullable String instance, @Nullable List<@Nullable String> followers) {
		this.watch.read(PRIMARY, new Reading(Role.WRITABLE, instance, new GenerationHistory("one", 1L, 100L)), NOW);
		this.watch.readReplication(PRIMARY, listing(followers), NOW);
	}

	private static ReplicationReading listing(@Nullable List<@Nullable String> followers) {
		return new ReplicationReading(false, null,
				(followers == null) ? null : followers.stream().map((name) -> new Follower(name, false)).toList());
	}

	private void follows(Node node, @Nullable String source, @Nullable String name) {
		streams(node, node.name(), true, source, name);
	}

	private void streams(Node node, String instance, boolean receiving, @Nullable String source,
			@Nullable String name) {
		this.watch.read(node, new Reading(Role.READ_ONLY, instance, new GenerationHistory("one", 1L, 100L)), NOW);
		this.watch.readReplication(node, new ReplicationReading(receiving, source, name, null, null, List.of()), NOW);
	}

}
