package dev.failover.dialect.mysql;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.failover.History;
import dev.failover.History.Comparison;
import dev.failover.History.Relation;
import dev.failover.LogPosition;
import dev.failover.Role;
import dev.failover.dialect.mysql.MySqlDialect.Source;
import dev.failover.stub.GenerationHistory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link MySqlHistory} and {@link Reigns}. A history is written as the server
 * that it was read from, its state, {@code leads}, {@code follows x}, {@code writable x}
 * or {@code stopped}, and its GTIDs. All readings of a row are made by one application,
 * from left to right.
 */
final class MySqlHistoryTests {

	private final Reigns reigns = new Reigns();

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', textBlock = """
			in step                             | a leads a:1-100         | b follows a a:1-100      | SAME   | 0
			behind                              | a leads a:1-100         | b follows a a:1-97       | BEHIND | 3
			follower read later                 | a leads a:1-100         | b follows a a:1-103      | AHEAD  | 0
			follower with gaps, read later      | a leads a:1-100         | b follows a a:1-98:101   | BEHIND | 2
			leader read later                   | a leads a:1-100         | a leads a:1-103          | AHEAD  | 0
			follower of a promoted leader       | b leads a:1-60,b:1-9    | a follows b a:1-60,b:1-7 | BEHIND | 2
			a mirror that accepts writes        | a leads a:1-100         | b writable a a:1-97      | BEHIND | 3
			old leader that lacks the rest      | b leads a:1-60,b:1-10   | a leads a:1-60           | BEHIND | 10
			nothing written yet                 | a leads                 | b follows a              | SAME   | 0
			a mirror without data               | a leads a:1-100         | b follows a              | BEHIND | 100
			""")
	void followsOneLine(String name, String reference, String other, Relation relation, Long lacks) {
		History first = history(reference);
		assertThat(first.compare(history(other))).isEqualTo(new Comparison(relation, lacks));
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', textBlock = """
			without loss, nothing written       | a leads a:1-100 | b leads a:1-100              | 0
			without loss                        | a leads a:1-100 | b leads a:1-100,b:1-5        | 0
			with loss, nothing written          | a leads a:1-100 | b leads a:1-98               | 2
			with loss                           | a leads a:1-62  | b leads a:1-60,b:1-5         | 2
			follower of a promoted server       | a leads a:1-62  | c follows b a:1-60,b:1-5     | 2
			two promotions                      | a leads a:1-62  | c leads a:1-60,b:1-5,c:1     | 2
			""")
	void continuesTheLeader(String name, String reference, String other, Long lacks) {
		History first = history(reference);
		assertThat(first.compare(history(other))).isEqualTo(new Comparison(Relation.CONTINUES, lacks));
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', textBlock = """
			old leader that wrote on            | b leads a:1-60,b:1-5    | a leads a:1-62           | DIVERGED
			the same, before the new one wrote  | b leads a:1-60          | a leads a:1-62           | DIVERGED
			the same, no longer writable        | b leads a:1-60,b:1-5    | a stopped a:1-62         | DIVERGED
			two followers, both promoted        | b leads a:1-60,b:1-5    | c leads a:1-60,c:1-2     | DIVERGED
			transaction of the follower itself  | a leads a:1-100         | b follows a a:1-100,b:1  | DIVERGED
			another database                    | a leads a:1-100         | z leads z:1-40           | FOREIGN
			""")
	void isNoCopy(String name, String reference, String other, Relation relation) {
		History first = history(reference);
		assertThat(first.compare(history(other))).isEqualTo(new Comparison(relation, null));
	}

	/**
	 * Both servers have transactions of each other: only what was seen of them before
	 * tells which one was promoted last.
	 */
	@Test
	void aSecondFailoverIsKnownByWhatWasSeenBefore() {
		history("a follows b a:1-100,b:1-50");
		History old = history("a leads a:1-200,b:1-50");
		history("b follows a a:1-180,b:1-50");
		History promoted = history("b leads a:1-180,b:1-60");
		assertThat(old.compare(promoted)).isEqualTo(new Comparison(Relation.CONTINUES, 20L));
		assertThat(old.compare(history("b leads a:1-180,b:1-50"))).isEqualTo(new Comparison(Relation.CONTINUES, 20L));
		assertThat(promoted.compare(old)).isEqualTo(new Comparison(Relation.DIVERGED, null));
		assertThat(promoted.compare(history("a stopped a:1-200,b:1-50")).relation()).isEqualTo(Relation.DIVERGED);
	}

	@Test
	void aSecondFailoverThatWasNotSeenIsNotGuessed() {
		History old = history("a leads a:1-200,b:1-50");
		History promoted = history("b leads a:1-180,b:1-60");
		assertThat(old.compare(promoted).relation()).isEqualTo(Relation.DIVERGED);
		assertThat(promoted.compare(old).relation()).isEqualTo(Relation.DIVERGED);
	}

	@ParameterizedTest
	@CsvSource({ "b leads 'a:1-60', true", "a leads 'a:1-60', false", "b follows a 'a:1-60', false",
			"b writable a 'a:1-60', false" })
	void isPromotedIfItLeadsWithTransactionsOfAnother(String text, boolean promoted) {
		assertThat(history(text.replace("'", "")).isPromoted()).isEqualTo(promoted);
	}

	@Test
	void aStoppedFollowerLeadsOnlyIfItWasSeenRefusingWrites() {
		Source stopped = new Source("a", false, false, false, null);
		GtidSet executed = GtidSet.parse("a:1-60");
		assertThat(this.reigns.history(executed, "b", Role.WRITABLE, List.of(stopped)).leading()).isFalse();
		this.reigns.history(executed, "b", Role.READ_ONLY, List.of(stopped));
		assertThat(this.reigns.history(executed, "b", Role.WRITABLE, List.of(stopped)).leading()).isTrue();
	}

	@Test
	void holdsThePositionsThatItHasExecuted() {
		History leader = history("b leads a:1-60,b:1-5");
		LogPosition position = Objects.requireNonNull(leader.position());
		assertThat(position).hasToString("a:1-60,b:1-5");
		assertThat(history("a follows b a:1-60,b:1-5").holds(position)).isTrue();
		assertThat(history("a follows b a:1-60,b:1-4").holds(position)).isFalse();
		assertThat(history("a leads").position()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "4711", "a:x-", "a:1-b", "a", "0-1-100" })
	void refusesAPositionThatIsNoSet(String text) {
		History leader = history("b leads a:1-60,b:1-5");
		assertThatIllegalArgumentException().isThrownBy(() -> leader.holds(new LogPosition(text)))
			.withMessageContaining("is not a set of GTIDs");
	}

	@Test
	void doesNotCompareWithAnotherKindOfHistory() {
		assertThat(history("a leads a:1").compare(new GenerationHistory("one", 1L))).isEqualTo(Comparison.UNKNOWN);
	}

	@Test
	void itsTextNamesTheWritersAndNoPosition() {
		assertThat(history("b leads 3e11fa47-71ca-11e1-9e33-c80aa9429562:1-60")).hasToString("3e11fa47+b");
		assertThat(history("b follows a")).hasToString("no transactions");
	}

	private MySqlHistory history(String text) {
		List<String> words = Arrays.asList(text.strip().split(" +"));
		String server = words.get(0);
		@Nullable String source = List.of("follows", "writable").contains(words.get(1)) ? words.get(2) : null;
		GtidSet executed = GtidSet.parse(words.stream().skip((source != null) ? 3 : 2).collect(Collectors.joining()));
		Role role = List.of("leads", "writable").contains(words.get(1)) ? Role.WRITABLE : Role.READ_ONLY;
		return this.reigns.history(executed, server, role,
				(source != null) ? List.of(new Source(source, true, true, true, Duration.ZERO)) : List.of());
	}

}
