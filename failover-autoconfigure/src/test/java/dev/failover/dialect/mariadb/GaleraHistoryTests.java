package dev.failover.dialect.mariadb;

import dev.failover.History.Comparison;
import dev.failover.History.Relation;
import dev.failover.LogPosition;
import dev.failover.stub.GenerationHistory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GaleraHistory}.
 */
final class GaleraHistoryTests {

	private static final GaleraHistory REFERENCE = new GaleraHistory("12a46e36", 100);

	@ParameterizedTest(name = "{0} at {1} is {2}, lacks {3}")
	@CsvSource({ "12a46e36, 100, SAME, 0", "12a46e36, 97, BEHIND, 3", "12a46e36, 103, AHEAD, 0",
			"9d1b0c77, 100, FOREIGN," })
	void comparesTheNumbersOfOneCluster(String cluster, long at, Relation relation, @Nullable Long lacks) {
		assertThat(REFERENCE.compare(new GaleraHistory(cluster, at))).isEqualTo(new Comparison(relation, lacks));
	}

	@Test
	void doesNotCompareWithServersOutsideOfClusters() {
		assertThat(REFERENCE.compare(new GenerationHistory("one", 1L))).isEqualTo(Comparison.UNKNOWN);
	}

	@Test
	void holdsThePositionsThatItHasReached() {
		assertThat(REFERENCE.holds(REFERENCE.position())).isTrue();
		assertThat(REFERENCE.holds(new GaleraHistory("12a46e36", 101).position())).isFalse();
		assertThat(REFERENCE.holds(new GaleraHistory("9d1b0c77", 1).position())).isFalse();
		assertThat(REFERENCE.holds(new LogPosition("0-1-5"))).isFalse();
	}

	@Test
	void itsTextNamesTheCluster() {
		assertThat(REFERENCE).hasToString("12a46e36");
	}

}
