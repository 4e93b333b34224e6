package dev.failover.stub;

import java.util.Map;
import java.util.stream.Stream;

import dev.failover.History.Comparison;
import dev.failover.History.Relation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link VectorHistory}.
 */
final class VectorHistoryTests {

	private static final VectorHistory LEADER = one(Map.of("a", 100L));

	@ParameterizedTest(name = "{0}")
	@MethodSource("comparisons")
	void comparesVectors(String name, VectorHistory other, Relation relation, @Nullable Long lacks) {
		assertThat(LEADER.compare(other)).isEqualTo(new Comparison(relation, lacks));
	}

	static Stream<Arguments> comparisons() {
		return Stream.of(arguments("in step", one(Map.of("a", 100L)), Relation.SAME, 0L),
				arguments("behind", one(Map.of("a", 97L)), Relation.BEHIND, 3L),
				arguments("later", one(Map.of("a", 110L)), Relation.AHEAD, 0L),
				arguments("promoted", one(Map.of("a", 100L, "b", 5L)), Relation.CONTINUES, 0L),
				arguments("promoted with loss", one(Map.of("a", 97L, "b", 5L)), Relation.CONTINUES, 3L),
				arguments("of other writers", one(Map.of("b", 5L)), Relation.DIVERGED, null),
				arguments("of another database", new VectorHistory("two", Map.of("a", 100L)), Relation.FOREIGN, null));
	}

	@Test
	void anOldLeaderWithTransactionsOfItsOwnHasDiverged() {
		assertThat(one(Map.of("a", 97L, "b", 5L)).compare(LEADER)).isEqualTo(new Comparison(Relation.DIVERGED, null));
	}

	@Test
	void holdsPositionsThatItsVectorCovers() {
		VectorHistory promoted = one(Map.of("a", 97L, "b", 5L));
		assertThat(promoted.holds(promoted.position())).isTrue();
		assertThat(promoted.holds(LEADER.position())).isFalse();
		assertThat(LEADER.holds(promoted.position())).isFalse();
		assertThat(LEADER.holds(one(Map.of("a", 100L)).position())).isTrue();
	}

	private static VectorHistory one(Map<String, Long> written) {
		return new VectorHistory("one", written);
	}

}
