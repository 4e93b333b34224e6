package dev.failover.it.history;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

import dev.failover.it.history.Operation.Outcome;
import dev.failover.it.history.Operation.Type;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link HistoryChecker} on histories that are written by hand.
 */
class HistoryCheckerTests {

	private static final int OLD = 5001;

	private static final int NEW = 5002;

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private final HistoryChecker checker = new HistoryChecker(Duration.ofSeconds(2));

	@Test
	void aHistoryWithoutCallsHasNoViolations() {
		assertThat(this.checker.check(List.of(), List.of()).isEmpty()).isTrue();
	}

	@Test
	void aFailoverThatKeepsEveryAcknowledgedWriteHasNoViolations() {
		List<Operation> history = List.of(write(1, 1, Outcome.OK, 1, 1, OLD), write(2, 2, Outcome.UNKNOWN, 1, 2, 0),
				write(3, 3, Outcome.FAILED, 2, 2, 0), write(4, 4, Outcome.OK, 3, 3, NEW), read(5, 4, NEW));
		assertThat(this.checker.check(history, stored(1, 4)).isEmpty()).isTrue();
	}

	@Test
	void aWriteOfUnknownOutcomeMayBeStoredOrNot() {
		List<Operation> history = List.of(write(1, 1, Outcome.UNKNOWN, 1, 1, 0), write(2, 2, Outcome.UNKNOWN, 1, 1, 0));
		assertThat(this.checker.check(history, stored(2)).isEmpty()).isTrue();
	}

	@Test
	void anAcknowledgedWriteThatIsMissingIsLost() {
		Operation gone = write(2, 2, Outcome.OK, 1, 1, OLD);
		List<Operation> history = List.of(write(1, 1, Outcome.OK, 1, 1, OLD), gone);
		Violations violations = this.checker.check(history, stored(1));
		assertThat(violations.lost()).containsExactly(gone);
		assertThat(violations.isEmpty()).isFalse();
	}

	@Test
	void aWriteThatIsStoredTwiceIsDuplicatedWhateverItsOutcome() {
		List<Operation> history = List.of(write(1, 1, Outcome.OK, 1, 1, OLD), write(2, 2, Outcome.UNKNOWN, 1, 1, 0));
		Violations violations = this.checker.check(history, stored(1, 2, 2, 2));
		assertThat(violations.duplicated()).containsExactly(2L);
		assertThat(violations.isEmpty()).isFalse();
	}

	@Test
	void aWriteThatWasReportedAsFailedAndIsStoredIsFound() {
		Operation refused = write(1, 1, Outcome.FAILED, 1, 1, 0);
		Violations violations = this.checker.check(List.of(refused), stored(1));
		assertThat(violations.failedButStored()).containsExactly(refused);
		assertThat(violations.isEmpty()).isFalse();
	}

	@Test
	void twoServersThatAcknowledgeWritesInOneEpochAreFound() {
		List<Operation> history = List.of(write(1, 1, Outcome.OK, 1, 1, OLD), write(2, 2, Outcome.OK, 1, 1, NEW));
		Violations violations = this.checker.check(history, stored(1, 2));
		assertThat(violations.twoLeaders()).singleElement().asString().contains("epoch 1").contains("[5001, 5002]");
		assertThat(violations.isEmpty()).isFalse();
	}

	@Test
	void aWriteDuringAChangeOfRouteMayBelongToEitherEpoch() {
		List<Operation> history = List.of(write(1, 1, Outcome.OK, 1, 1, OLD), write(2, 2, Outcome.OK, 1, 2, NEW),
				write(3, 3, Outcome.OK, 1, 2, OLD), write(4, 4, Outcome.OK, 2, 2, NEW));
		assertThat(this.checker.check(history, stored(1, 2, 3, 4)).isEmpty()).isTrue();
	}

	@Test
	void aWriteDuringAChangeOfRouteOnAServerOfNeitherEpochIsFound() {
		List<Operation> history = List.of(write(1, 1, Outcome.OK, 1, 1, OLD), write(2, 2, Outcome.OK, 1, 2, 5003),
				write(3, 3, Outcome.OK, 2, 2, NEW));
		assertThat(this.checker.check(history, stored(1, 2, 3)).twoLeaders()).singleElement()
			.asString()
			.contains("5003");
	}

	@Test
	void aReadMayMissAWriteAcknowledgedWithinTheAllowedAge() {
		List<Operation> history = List.of(write(1, 1, Outcome.OK, 1, 1, OLD), write(2, 2, Outcome.OK, 1, 1, OLD),
				read(3, 1, NEW));
		assertThat(this.checker.check(history, stored(1, 2)).isEmpty()).isTrue();
	}

	@Test
	void aReadThatMissesAWriteAcknowledgedLongAgoIsStale() {
		List<Operation> history = List.of(write(1, 1, Outcome.OK, 1, 1, OLD), write(2, 2, Outcome.OK, 1, 1, OLD),
				read(5, 1, NEW));
		Violations violations = this.checker.check(history, stored(1, 2));
		assertThat(violations.stale()).singleElement().asString().contains("read 1").contains("but 2");
		assertThat(violations.isEmpty()).isFalse();
	}

	@Test
	void aFailedReadIsNotStale() {
		Operation failed = new Operation(9, Type.READ, 1, -1, 10 * SECOND, 11 * SECOND, Outcome.FAILED, 1, 1, 0, "08");
		List<Operation> history = List.of(write(1, 1, Outcome.OK, 1, 1, OLD), failed);
		assertThat(this.checker.check(history, stored(1)).isEmpty()).isTrue();
	}

	@Test
	void aReadThatMissesALostWriteIsNotStale() {
		List<Operation> history = List.of(write(1, 1, Outcome.OK, 1, 1, OLD), read(9, 0, NEW));
		Violations violations = this.checker.check(history, stored());
		assertThat(violations.lost()).hasSize(1);
		assertThat(violations.stale()).isEmpty();
	}

	/**
	 * Returns a write by client 1 that starts at a second; its number is also its id.
	 */
	private static Operation write(long second, long number, Outcome outcome, long before, long after, int server) {
		return new Operation(1, Type.WRITE, number, number, second * SECOND, second * SECOND + 1, outcome, before,
				after, server, (outcome == Outcome.OK) ? "" : "08006");
	}

	/**
	 * Returns a read of the writes of client 1 that starts at a second.
	 */
	private static Operation read(long second, long seen, int server) {
		return new Operation(9, Type.READ, 1, seen, second * SECOND, second * SECOND + 1, Outcome.OK, 1, 1, server, "");
	}

	private static List<Long> stored(long... ids) {
		return LongStream.of(ids).boxed().toList();
	}

}
