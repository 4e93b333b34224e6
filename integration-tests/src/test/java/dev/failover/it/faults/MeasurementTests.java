package dev.failover.it.faults;

import java.time.Duration;
import java.util.List;

import dev.failover.it.history.Operation;
import dev.failover.it.history.Operation.Outcome;
import dev.failover.it.history.Operation.Type;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Measurement} on histories that are written by hand, with a fault at
 * 1,000 ms.
 */
class MeasurementTests {

	private static final long MILLI = Duration.ofMillis(1).toNanos();

	@Test
	void aClientWithoutFailuresRecoversAtOnce() {
		Measurement measured = measure(call(1, 1010, 1020, Outcome.OK));
		assertThat(measured.recoveryTime(Type.WRITE)).isZero();
		assertThat(measured.failed()).isZero();
		assertThat(measured.held()).isZero();
	}

	@Test
	void aClientThatFailedRecoversWithItsFirstSuccessAfterTheLastFailure() {
		Measurement measured = measure(call(1, 990, 1020, Outcome.UNKNOWN), call(1, 1030, 1040, Outcome.OK),
				call(1, 1050, 1060, Outcome.FAILED), call(1, 1070, 1080, Outcome.OK), call(2, 1010, 1020, Outcome.OK));
		assertThat(measured.recoveryTime(Type.WRITE)).isEqualTo(Duration.ofMillis(80));
		assertThat(measured.failed()).isEqualTo(2);
		assertThat(measured.errors()).containsEntry("error", 2L);
	}

	@Test
	void aClientThatWasHeldRecoversWhenItIsReleased() {
		Measurement measured = measure(call(1, 990, 1500, Outcome.OK), call(1, 1510, 1520, Outcome.OK));
		assertThat(measured.recoveryTime(Type.WRITE)).isEqualTo(Duration.ofMillis(500));
		assertThat(measured.held()).isOne();
		assertThat(measured.longestCall()).isEqualTo(Duration.ofMillis(510));
	}

	@Test
	void aClientThatIsHeldRepeatedlyRecoversWithTheLastHeldCall() {
		Measurement measured = measure(call(1, 1010, 1200, Outcome.OK), call(1, 1210, 1400, Outcome.OK),
				call(1, 1410, 1420, Outcome.OK), call(1, 5000, 5200, Outcome.OK));
		assertThat(measured.recoveryTime(Type.WRITE)).isEqualTo(Duration.ofMillis(400));
		assertThat(measured.held()).isEqualTo(3);
	}

	@Test
	void aClientThatNeverSucceedsAgainDoesNotRecover() {
		assertThat(measure(call(1, 1010, 1020, Outcome.FAILED)).recoveryTime(Type.WRITE)).isNull();
	}

	@Test
	void callsBeforeTheFaultDoNotCount() {
		Measurement measured = measure(call(1, 100, 900, Outcome.FAILED), call(1, 1010, 1020, Outcome.OK));
		assertThat(measured.failed()).isZero();
		assertThat(measured.longestCall()).isEqualTo(Duration.ofMillis(10));
	}

	private static Measurement measure(Operation... calls) {
		return new Measurement(List.of(1000 * MILLI, 9000 * MILLI), List.of(calls));
	}

	private static Operation call(int client, long from, long to, Outcome outcome) {
		return new Operation(client, Type.WRITE, from, from, from * MILLI, to * MILLI, outcome, 1, 1, 1,
				(outcome != Outcome.OK) ? "error" : "");
	}

}
