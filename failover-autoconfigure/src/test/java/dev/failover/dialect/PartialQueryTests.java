package dev.failover.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import dev.failover.dialect.PartialQuery.Answers;
import dev.failover.dialect.PartialQuery.Execution;
import dev.failover.dialect.PartialQuery.Part;
import dev.failover.dialect.Reading.Refusal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PartialQuery}.
 */
final class PartialQueryTests {

	private final RefusingServer server = new RefusingServer();

	private final PartialQuery query = new PartialQuery(
			List.of(new Part("A", "a", null), part("B", "b"), part("C", "c"), part("D", "d"), part("E", "e")));

	@Test
	void oneRoundTripAnswersAllIfNothingIsRefused() throws SQLException {
		Answers answers = this.query.read(this.server.connect());
		assertThat(this.server.executed()).containsExactly("select a, b, c, d, e");
		assertThat(answers.get("B")).isEqualTo("11");
		assertThat(answers.number("E")).isEqualTo(14L);
		assertThat(answers.refusals()).isEmpty();
	}

	@Test
	void aNullAnswerIsNotARefusal() throws SQLException {
		this.server.answerNull("c");
		Answers answers = this.query.read(this.server.connect());
		assertThat(answers.get("C")).isNull();
		assertThat(answers.number("C")).isNull();
		assertThat(answers.refusals()).isEmpty();
	}

	@Test
	void aRefusedPartIsFoundByHalvingAndNamedWithItsConsequence() throws SQLException {
		this.server.refuse("d", "42501");
		Answers answers = this.query.read(this.server.connect());
		assertThat(this.server.executed()).containsExactly("select a, b, c, d, e", "select a, b", "select c, d, e",
				"select c", "select d, e", "select d", "select e");
		assertThat(answers.values()).containsOnlyKeys("A", "B", "C", "E");
		assertThat(answers.refusals()).containsExactly(new Refusal("D", "42501 'd' is refused", "D is not known."));
	}

	@Test
	void aRefusedPartIsLeftOutOnThatConnectionAndAskedAgainOnANewOne() throws SQLException {
		this.server.refuse("b", "42501");
		Connection connection = this.server.connect();
		this.query.read(connection);
		this.server.answer("b");
		this.server.executed().clear();
		assertThat(this.query.read(connection).refusals()).extracting(Refusal::part).containsExactly("B");
		assertThat(this.query.read(this.server.connect()).refusals()).isEmpty();
		assertThat(this.server.executed()).containsExactly("select a, c, d, e", "select a, b, c, d, e");
	}

	@Test
	void partsThatAreRefusedLaterAreFoundToo() throws SQLException {
		Connection connection = this.server.connect();
		this.server.refuse("b", "42501");
		this.query.read(connection);
		this.server.refuse("e", "0A000");
		assertThat(this.query.read(connection).refusals()).extracting(Refusal::part).containsExactly("B", "E");
	}

	@Test
	void aRequiredPartFailsTheQuery() {
		this.server.refuse("a", "42501");
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.query.read(this.server.connect()))
			.withMessage("'a' is refused");
	}

	@ParameterizedTest
	@ValueSource(strings = { "08006", "57P01", "57P02", "57P03", "" })
	void aLostConnectionIsNotARefusal(String sqlState) throws SQLException {
		Connection connection = this.server.connect();
		this.server.refuse("d", sqlState.isEmpty() ? null : sqlState);
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.query.read(connection));
		assertThat(this.server.executed()).hasSize(1);
		this.server.answer("d");
		assertThat(this.query.read(connection).refusals()).isEmpty();
	}

	@Test
	void aServerThatClosesTheConnectionHasNotRefusedAPart() {
		Connection connection = this.server.connect();
		this.server.refuse("d", "25P03");
		this.server.end();
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.query.read(connection));
		assertThat(this.server.executed()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "57014", "0A000", "42501" })
	void anErrorOfEveryPartIsThrownAndNothingIsRemembered(String sqlState) throws SQLException {
		PartialQuery optional = new PartialQuery(List.of(part("B", "b"), part("C", "c"), part("D", "d")));
		Connection connection = this.server.connect();
		this.server.refuse("b", sqlState);
		this.server.refuse("c", sqlState);
		this.server.refuse("d", sqlState);
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> optional.read(connection))
			.withMessage("'b' is refused");
		this.server.answer("b");
		this.server.answer("c");
		this.server.answer("d");
		assertThat(optional.read(connection).values()).containsOnlyKeys("B", "C", "D");
	}

	@Test
	void aRequiredConstantTellsAServerThatRefusesAllFromAnErrorOfTheQuery() throws SQLException {
		for (String refused : List.of("b", "c", "d", "e")) {
			this.server.refuse(refused, "42501");
		}
		Answers answers = this.query.read(this.server.connect());
		assertThat(answers.refusals()).extracting(Refusal::part).containsExactly("B", "C", "D", "E");
	}

	@ParameterizedTest
	@ValueSource(strings = { "57014", "53200", "40001", "58030" })
	void anErrorOfTheMomentIsNotRemembered(String sqlState) throws SQLException {
		Connection connection = this.server.connect();
		this.server.refuse("c", sqlState);
		assertThat(this.query.read(connection).refusals()).extracting(Refusal::part).containsExactly("C");
		this.server.answer("c");
		assertThat(this.query.read(connection).values()).containsOnlyKeys("A", "B", "C", "D", "E");
	}

	@Test
	void anExecutionIsResetAfterEachError() throws SQLException {
		List<String> statements = new ArrayList<>();
		PartialQuery several = new PartialQuery(refusing("c", statements), List.of(part("B", "b"), part("C", "c")));
		Answers answers = several.read(this.server.connect());
		assertThat(statements).containsExactly("select b, c", "reset", "select b", "select c", "reset");
		assertThat(answers.get("B")).isEqualTo("1");
	}

	@Test
	void aResetThatFailsFailsTheQuery() {
		List<String> statements = new ArrayList<>();
		PartialQuery several = new PartialQuery(refusing("c", statements), List.of(part("B", "b"), part("C", "c")));
		this.server.end();
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> several.read(this.server.connect()))
			.withMessage("refused");
		assertThat(statements).containsExactly("select b, c", "reset");
	}

	@Test
	void aRowThatIsTooShortFailsTheQuery() {
		PartialQuery shortened = new PartialQuery((connection, select) -> List.of("1"),
				List.of(part("B", "b"), part("C", "c")));
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> shortened.read(this.server.connect()))
			.withMessage("The server returned 1 values for: select b, c");
	}

	/**
	 * Returns an execution that refuses an expression, and records what it is asked.
	 */
	private static Execution refusing(String expression, List<String> statements) {
		return new Execution() {

			@Override
			public List<@Nullable String> execute(Connection connection, String select) throws SQLException {
				statements.add(select);
				if (select.endsWith(expression)) {
					throw new SQLException("refused", "42501");
				}
				return List.of("1");
			}

			@Override
			public void reset(Connection connection, SQLException error) throws SQLException {
				statements.add("reset");
				Execution.super.reset(connection, error);
			}

		};
	}

	private static Part part(String name, String expression) {
		return new Part(name, expression, name + " is not known.");
	}

}
