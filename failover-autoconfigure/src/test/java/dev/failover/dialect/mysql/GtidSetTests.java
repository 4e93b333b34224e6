package dev.failover.dialect.mysql;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GtidSet}.
 */
final class GtidSetTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			a:1-5                | a:1-5                | 5
			'a:1-5,\nb:7'        | a:1-5,b:7            | 6
			a:1-3:5:8-9          | a:1-3:5:8-9          | 6
			a:4-6:1-3            | a:1-6                | 6
			A:1-2                | a:1-2                | 2
			a:1-2:tag:1-3:other:4 | a:1-2,a:other:4,a:tag:1-3 | 6
			''                   | ''                   | 0
			""")
	void parsesIntervals(String text, String normal, long count) {
		GtidSet set = GtidSet.parse(text);
		assertThat(set).hasToString(normal);
		assertThat(set.count()).isEqualTo(count);
	}

	@ParameterizedTest(name = "{0} minus {1} is {2}")
	@CsvSource(delimiter = '|', textBlock = """
			a:1-9       | a:1-5     | a:6-9
			a:1-9       | a:4-5     | a:1-3:6-9
			a:1-9       | a:1-12    | ''
			a:1-9       | b:1-12    | a:1-9
			a:1-9,b:1-2 | a:1-9     | b:1-2
			a:1-9       | a:2:4:6   | a:1:3:5:7-9
			''          | a:1-9     | ''
			a:tag:1-3   | a:1-3     | a:tag:1-3
			""")
	void subtracts(String one, String other, String left) {
		assertThat(GtidSet.parse(one).minus(GtidSet.parse(other))).hasToString(left);
	}

	@Test
	void knowsItsWriters() {
		GtidSet set = GtidSet.parse("a:1-2:tag:1-3,b:7");
		assertThat(set.writers()).containsExactlyInAnyOrder("a", "b");
		assertThat(set.writtenBy("a")).hasToString("a:1-2,a:tag:1-3");
		assertThat(set.intersects(GtidSet.parse("b:6-8"))).isTrue();
		assertThat(set.intersects(GtidSet.parse("b:1-6"))).isFalse();
	}

}
