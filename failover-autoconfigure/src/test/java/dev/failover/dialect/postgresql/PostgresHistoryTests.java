package dev.failover.dialect.postgresql;

import java.util.stream.Stream;

import dev.failover.History;
import dev.failover.History.Comparison;
import dev.failover.History.Relation;
import dev.failover.LogPosition;
import dev.failover.stub.GenerationHistory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link PostgresHistory}.
 */
final class PostgresHistoryTests {

	@ParameterizedTest(name = "{0}")
	@MethodSource({ "sameTimeline", "newer", "older", "unknown" })
	void comparesWithAnother(String name, History reference, History other, Relation relation, @Nullable Long lacks) {
		assertThat(reference.compare(other)).isEqualTo(new Comparison(relation, lacks));
	}

	static Stream<Arguments> sameTimeline() {
		return Stream.of(arguments("follower in step", writer(1, 100), follower(1, 100), Relation.SAME, 0L),
				arguments("follower behind", writer(1, 100), follower(1, 70), Relation.BEHIND, 30L),
				arguments("leader read later", writer(1, 100), writer(1, 130), Relation.AHEAD, 0L),
				arguments("position of the other unknown", writer(1, 100), follower(1, null), Relation.SAME, null),
				arguments("own position unknown", writer(1, null), follower(1, 70), Relation.SAME, null),
				arguments("two promotions to one timeline", promoted(2, 120, 90), promoted(2, 130, 100),
						Relation.DIVERGED, null),
				arguments("a promotion, read twice", promoted(2, 120, 90), promoted(2, 130, 90), Relation.AHEAD, 0L),
				arguments("a promotion, its branch forgotten at a checkpoint", promoted(2, 120, 90), writer(2, 130),
						Relation.AHEAD, 0L));
	}

	static Stream<Arguments> newer() {
		return Stream.of(
				arguments("promoted without loss", writer(1, 100), promoted(2, 130, 100), Relation.CONTINUES, 0L),
				arguments("promoted before the last write", writer(1, 100), promoted(2, 130, 70), Relation.CONTINUES,
						30L),
				arguments("promoted after more than was known", writer(1, 100), promoted(2, 130, 110),
						Relation.CONTINUES, 0L),
				arguments("promoted, branch unknown", writer(1, 100), writer(2, 130), Relation.CONTINUES, null),
				arguments("promoted, own position unknown", writer(1, null), promoted(2, 130, 100), Relation.CONTINUES,
						null),
				arguments("two promotions, the last one after all", writer(1, 100), promoted(3, 130, 120),
						Relation.CONTINUES, null),
				arguments("two promotions, the last one before", writer(1, 100), promoted(3, 130, 60),
						Relation.CONTINUES, 40L),
				arguments("follower of a promoted server", writer(1, 100), follower(2, 130), Relation.CONTINUES, null));
	}

	static Stream<Arguments> older() {
		return Stream.of(
				arguments("follower that stands before the branch", promoted(2, 130, 100), follower(1, 90),
						Relation.BEHIND, 40L),
				arguments("follower that stands at the branch", promoted(2, 130, 100), follower(1, 100),
						Relation.BEHIND, 30L),
				arguments("follower that went past the branch", promoted(2, 130, 100), follower(1, 101),
						Relation.DIVERGED, null),
				arguments("follower of unknown position", promoted(2, 130, 100), follower(1, null), Relation.DIVERGED,
						null),
				arguments("follower, branch unknown", writer(2, 130), follower(1, 90), Relation.DIVERGED, null),
				arguments("follower two promotions back", promoted(3, 130, 100), follower(1, 90), Relation.DIVERGED,
						null),
				arguments("old leader that takes writes", promoted(2, 130, 100), writer(1, 90), Relation.DIVERGED,
						null));
	}

	static Stream<Arguments> unknown() {
		return Stream.of(
				arguments("another cluster", writer(1, 100), history("two", 1L, 100L, null, true), Relation.FOREIGN,
						null),
				arguments("cluster of the other unknown", writer(1, 100), history(null, 1L, 100L, null, true),
						Relation.UNKNOWN, null),
				arguments("both clusters unknown", history(null, 1L, 100L, null, false),
						history(null, 2L, 100L, null, false), Relation.UNKNOWN, null),
				arguments("another kind of history", writer(1, 100), new GenerationHistory("one", 1L), Relation.UNKNOWN,
						null),
				arguments("timeline of a follower unknown", writer(1, 100), history("one", null, 60L, null, true),
						Relation.BEHIND, 40L),
				arguments("timeline of the leader unknown, of a follower", history("one", null, 100L, null, false),
						follower(1, 100), Relation.SAME, 0L),
				arguments("timeline of a writable server unknown", writer(1, 100),
						history("one", null, 130L, null, false), Relation.UNKNOWN, null),
				arguments("timeline of the leader unknown, of a writable server",
						history("one", null, 100L, null, false), writer(2, 130), Relation.UNKNOWN, null),
				arguments("timelines and positions unknown", history("one", null, null, null, false),
						history("one", null, null, null, true), Relation.SAME, null));
	}

	@Test
	void isPromotedOnLaterTimelines() {
		assertThat(writer(1, 100).isPromoted()).isFalse();
		assertThat(writer(2, 100).isPromoted()).isTrue();
		assertThat(history("one", null, 100L, null, false).isPromoted()).isFalse();
	}

	@Test
	void holdsPositionsUpToItsOwn() {
		LogPosition position = new LogPosition("100");
		assertThat(writer(1, 100).position()).isEqualTo(position);
		assertThat(follower(1, 100).holds(position)).isTrue();
		assertThat(follower(1, 99).holds(position)).isFalse();
		assertThat(follower(1, null).holds(position)).isFalse();
		assertThat(follower(1, null).position()).isNull();
		assertThatIllegalArgumentException().isThrownBy(() -> follower(1, 99).holds(new LogPosition("0/1A")))
			.withMessageContaining("'0/1A' is not a log position");
	}

	@Test
	void itsTextHasNoPosition() {
		assertThat(writer(3, 100)).hasToString("one/3");
		assertThat(history("one", null, 100L, null, false)).hasToString("one");
		assertThat(history(null, 3L, 100L, null, false)).hasToString("unknown/3");
	}

	private static PostgresHistory writer(long timeline, @Nullable Integer lsn) {
		return history("one", timeline, number(lsn), null, false);
	}

	private static PostgresHistory promoted(long timeline, int lsn, int branchedAt) {
		return history("one", timeline, (long) lsn, (long) branchedAt, false);
	}

	private static PostgresHistory follower(long timeline, @Nullable Integer lsn) {
		return history("one", timeline, number(lsn), null, true);
	}

	private static @Nullable Long number(@Nullable Integer lsn) {
		return (lsn != null) ? Long.valueOf(lsn) : null;
	}

	private static PostgresHistory history(@Nullable String cluster, @Nullable Long timeline, @Nullable Long lsn,
			@Nullable Long branchedAt, boolean follower) {
		return new PostgresHistory(cluster, timeline, lsn, branchedAt, follower);
	}

}
