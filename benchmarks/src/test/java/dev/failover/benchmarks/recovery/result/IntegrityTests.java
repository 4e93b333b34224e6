package dev.failover.benchmarks.recovery.result;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class IntegrityTests {

	@Test
	void anAcknowledgedWriteThatIsMissingIsLost() {
		assertThat(Integrity.of(List.of(write(1, true), write(2, true)), List.of(1L))).isEqualTo(new Integrity(1, 0));
	}

	@Test
	void aFailedWriteMayBeThereOrNot() {
		assertThat(Integrity.of(List.of(write(1, false), write(2, false)), List.of(2L))).isEqualTo(new Integrity(0, 0));
	}

	@Test
	void aWriteThatIsThereMoreThanOnceIsDuplicatedOnce() {
		assertThat(Integrity.of(List.of(write(1, false)), List.of(1L, 1L, 1L))).isEqualTo(new Integrity(0, 1));
	}

	private static Call write(long id, boolean succeeded) {
		return new Call(1, Kind.WRITES, id, 0, 1, succeeded, succeeded ? 5001 : 0, "");
	}

}
