package dev.failover.embedded;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link Processes}.
 */
class ProcessesTests {

	@ParameterizedTest
	@ValueSource(longs = { 1, 0, -1, -4711 })
	void idsThatAreNotThoseOfOrdinaryProcessesAreRefused(long pid) {
		// signal 0 does no harm if the check fails
		assertThatIllegalArgumentException().isThrownBy(() -> Processes.signal("0", List.of(4711L, pid)));
		assertThatIllegalArgumentException().isThrownBy(() -> Processes.requireOrdinary(pid));
	}

	@Test
	void signallingNoProcessDoesNothing() {
		assertThatNoException().isThrownBy(() -> Processes.signal("0", List.of()));
	}

}
