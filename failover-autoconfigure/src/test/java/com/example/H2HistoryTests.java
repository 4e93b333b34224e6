package com.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.example.H2Dialect.H2History;
import dev.failover.History.Comparison;
import dev.failover.History.Relation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the histories of {@link H2Dialect}, and for its place in
 * {@code docs/dialect.md}.
 */
final class H2HistoryTests {

	@Test
	void thePageShowsThisDialect() throws IOException {
		String code = Files.readString(Path.of("src/test/java/com/example/H2Dialect.java")).replace("\t", "    ");
		assertThat(code.lines().count()).isLessThan(250);
		assertThat(Files.readString(Path.of("../docs/dialect.md"))).contains("```java\n" + code + "```\n");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "null", textBlock = """
			in step                           | c1 | ''   | 7 | c1 | ''    | 7 | SAME      | 0
			a follower behind                 | c1 | ''   | 7 | c1 | ''    | 5 | BEHIND    | 2
			a leader that was read later      | c1 | ''   | 7 | c1 | ''    | 9 | AHEAD     | 0
			promoted without loss             | c1 | ''   | 7 | c1 | '7,'  | 8 | CONTINUES | 0
			promoted, and two orders are lost | c1 | ''   | 7 | c1 | '5,'  | 8 | CONTINUES | 2
			an old leader that wrote on       | c1 | '7,' | 9 | c1 | ''    | 8 | DIVERGED  | null
			an old leader that did not        | c1 | '7,' | 7 | c1 | ''    | 7 | BEHIND    | 0
			promoted elsewhere as well        | c1 | '7,' | 9 | c1 | '8,'  | 9 | DIVERGED  | null
			another database                  | c1 | ''   | 7 | c2 | ''    | 7 | FOREIGN   | null
			""")
	void comparesHistories(String situation, String cluster, String promotions, long at, String otherCluster,
			String otherPromotions, long otherAt, Relation relation, Long lacks) {
		H2History reference = new H2History(cluster, H2History.parse(promotions), at);
		H2History other = new H2History(otherCluster, H2History.parse(otherPromotions), otherAt);
		assertThat(reference.compare(other)).as(situation).isEqualTo(new Comparison(relation, lacks));
		assertThat(reference.holds(reference.position())).isTrue();
	}

}
