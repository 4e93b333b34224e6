package dev.failover.dialect.mariadb;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import dev.failover.History.Comparison;
import dev.failover.History.Relation;
import dev.failover.LogPosition;
import dev.failover.stub.GenerationHistory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link MariaDbHistory}. A history is written as the server that it was read
 * from, its state in parentheses, {@code leads}, {@code follows n}, or {@code stopped},
 * and its GTIDs.
 */
final class MariaDbHistoryTests {

	/**
	 * One leader and its followers.
	 */
	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|',
			textBlock = """
					in step                                  | 1 leads 0-1-100         | 2 follows 1 0-1-100         | SAME     | 0
					behind                                   | 1 leads 0-1-100         | 2 follows 1 0-1-97          | BEHIND   | 3
					follower read later                      | 1 leads 0-1-100         | 2 follows 1 0-1-103         | AHEAD    | 0
					leader read later                        | 1 leads 0-1-100         | 1 leads 0-1-103             | AHEAD    | 0
					leader that was rewound                  | 1 leads 0-1-100         | 1 leads 0-1-90              | BEHIND   | 10
					leader of another time before            | 1 leads 0-1-100,0-2-60  | 2 follows 1 0-1-98,0-2-60   | BEHIND   | 2
					promoted leader that wrote nothing       | 2 leads 0-1-100         | 1 follows 2 0-1-100         | SAME     | 0
					follower of a promoted leader            | 2 leads 0-1-100,0-2-103 | 1 follows 2 0-1-100         | BEHIND   | 3
					the same, read later                     | 2 leads 0-1-100         | 3 follows 2 0-1-100,0-2-103 | AHEAD    | 0
					without a binary log of what it applied  | 2 leads 0-1-60,0-2-70   | 3 follows 2 0-2-70          | SAME     | 0
					the same, behind                         | 2 leads 0-1-60,0-2-70   | 3 follows 2 0-2-68          | BEHIND   | 2
					two domains, one of them behind          | 1 leads 0-1-10,5-1-20   | 2 follows 1 0-1-12,5-1-17   | BEHIND   | 3
					a domain that is new                     | 1 leads 0-1-10          | 2 follows 1 0-1-10,5-1-1    | AHEAD    | 0
					a mirror that accepts writes             | 1 leads 0-1-100         | 2 writable 1 0-1-100        | SAME     | 0
					the same, behind                         | 1 leads 0-1-100         | 2 writable 1 0-1-90         | BEHIND   | 10
					both follow each other                   | 1 writable 2 0-1-9,0-2-7| 2 writable 1 0-1-11,0-2-7   | AHEAD    | 0
					an old leader that is read-only          | 2 leads 0-1-100,0-2-103 | 1 stopped 0-1-100           | BEHIND   | 3
					nothing written yet                      | 1 leads                 | 2 follows 1                 | SAME     | 0
					a mirror without data                    | 1 leads 0-1-100         | 2 follows 1                 | BEHIND   | 100
					the first transaction                    | 1 leads                 | 2 follows 1 0-1-1           | AHEAD    | 0
					""")
	void followsOneLine(String name, String reference, String other, Relation relation, Long lacks) {
		assertThat(history(reference).compare(history(other))).isEqualTo(new Comparison(relation, lacks));
	}

	/**
	 * A server that was promoted, and what it was promoted from.
	 */
	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|',
			textBlock = """
					without loss, nothing written            | 1 leads 0-1-100          | 2 leads 0-1-100           | CONTINUES | 0
					without loss                             | 1 leads 0-1-100          | 2 leads 0-1-100,0-2-103   | CONTINUES | 0
					with loss, nothing written               | 1 leads 0-1-100          | 2 leads 0-1-98            | CONTINUES | 2
					with loss                                | 1 leads 0-1-1588         | 2 leads 0-1-1173,0-2-3216 | CONTINUES | 415
					after more than was known                | 1 leads 0-1-100          | 2 leads 0-1-105           | CONTINUES | 0
					for the second time                      | 1 leads 0-1-200,0-2-150  | 2 leads 0-1-180,0-2-190   | CONTINUES | 20
					the same, nothing written                | 1 leads 0-1-200,0-2-150  | 2 leads 0-1-180,0-2-150   | CONTINUES | 20
					a third server                           | 2 leads 0-1-60,0-2-70    | 3 leads 0-1-60,0-2-68     | CONTINUES | 2
					follower of a promoted server            | 1 leads 0-1-100          | 3 follows 2 0-1-98,0-2-99 | CONTINUES | 2
					two promotions                           | 1 leads 0-1-62           | 3 leads 0-1-60,0-2-70,0-3-75 | CONTINUES | 2
					with a domain of its own                 | 1 leads 1-1-60           | 2 leads 1-1-60,2-2-5      | CONTINUES | 0
					""")
	void continuesTheLeader(String name, String reference, String other, Relation relation, Long lacks) {
		assertThat(history(reference).compare(history(other))).isEqualTo(new Comparison(relation, lacks));
	}

	/**
	 * What must not take writes, or is not even a copy.
	 */
	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|',
			textBlock = """
					old leader that wrote on                 | 2 leads 0-1-60,0-2-70    | 1 leads 0-1-62           | DIVERGED |
					the same, before the new one wrote       | 2 leads 0-1-60           | 1 leads 0-1-62           | DIVERGED |
					the same, no longer writable             | 2 leads 0-1-60,0-2-70    | 1 stopped 0-1-62         | DIVERGED |
					the same, as a follower that stops       | 2 leads 0-1-60,0-2-70    | 1 follows 2 0-1-62       | DIVERGED |
					the same, after the second failover      | 2 leads 0-1-180,0-2-190  | 1 leads 0-1-200,0-2-150  | DIVERGED |
					old leader that lacks the rest           | 2 leads 0-1-60,0-2-70    | 1 leads 0-1-60           | BEHIND   | 10
					old leader after a switch without writes | 2 leads 0-1-60           | 1 leads 0-1-60           | SAME     | 0
					two followers, both promoted             | 2 leads 0-1-60,0-2-62    | 3 leads 0-1-60,0-3-63    | DIVERGED |
					follower that has more than the new one  | 2 leads 0-1-60           | 3 follows 2 0-1-62       | DIVERGED |
					transaction of the follower itself       | 1 leads 0-1-100          | 2 follows 1 0-1-100,0-2-101 | DIVERGED |
					the same, after which the leader went on | 1 leads 0-1-110          | 2 follows 1 0-1-110,0-2-101 | DIVERGED |
					remainder of an old leader               | 2 leads 0-1-60,0-2-70    | 1 follows 2 0-1-65,0-2-70 | DIVERGED |
					another database                         | 1 leads 0-1-100          | 7 leads 0-7-40           | FOREIGN  |
					another database, nothing written here   | 1 leads                  | 7 leads 0-7-40           | FOREIGN  |
					""")
	void isNoCopy(String name, String reference, String other, Relation relation, @Nullable Long lacks) {
		assertThat(history(reference).compare(history(other))).isEqualTo(new Comparison(relation, lacks));
	}

	@Test
	void doesNotCompareWithAnotherKindOfHistory() {
		assertThat(history("1 leads 0-1-100").compare(new GenerationHistory("one", 1L))).isEqualTo(Comparison.UNKNOWN);
	}

	@Test
	void itsPositionIsTheLastTransactionOfEachDomain() {
		MariaDbHistory leader = history("2 leads 0-1-60,0-2-70,5-1-3");
		LogPosition position = Objects.requireNonNull(leader.position());
		assertThat(position).hasToString("0-2-70,5-1-3");
		assertThat(leader.holds(position)).isTrue();
		assertThat(history("1 follows 2 0-1-60,0-2-70,5-1-3").holds(position)).isTrue();
		assertThat(history("1 follows 2 0-1-60,0-2-69,5-1-3").holds(position)).isFalse();
		assertThat(leader.holds(new LogPosition("0-1-62"))).isFalse();
		assertThat(leader.holds(new LogPosition("0-1-59"))).isTrue();
		assertThat(history("1 leads").position()).isNull();
		assertThatIllegalArgumentException().isThrownBy(() -> leader.holds(new LogPosition("4711")))
			.withMessageContaining("'4711' is not a GTID position of MariaDB");
	}

	@Test
	void itsTextNamesTheWritersAndNoPosition() {
		assertThat(history("1 leads 0-1-100")).hasToString("0/1");
		assertThat(history("2 leads 0-1-100")).hasToString("0/1+2");
		assertThat(history("2 follows 1 0-1-100,5-3-7")).hasToString("0/1,5/3");
		assertThat(history("2 follows 1")).hasToString("no transactions");
	}

	private static MariaDbHistory history(String text) {
		List<String> words = Arrays.asList(text.strip().split(" +"));
		Long server = Long.valueOf(words.get(0));
		boolean source = Set.of("follows", "writable").contains(words.get(1));
		String gtids = words.stream().skip(source ? 3 : 2).collect(Collectors.joining());
		GtidState state = GtidState.parse(List.of(gtids));
		return switch (words.get(1)) {
			case "leads" -> new MariaDbHistory(state, server, false, true, Set.of(server));
			case "follows" -> new MariaDbHistory(state, server, false, false, Set.of(Long.valueOf(words.get(2))));
			case "writable" ->
				new MariaDbHistory(state, server, false, false, Set.of(server, Long.valueOf(words.get(2))));
			default -> new MariaDbHistory(state, server, false, false, state.lastWriters());
		};
	}

}
