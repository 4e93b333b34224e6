package dev.failover.embedded;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link Signals}.
 */
class SignalsTests {

	@ParameterizedTest
	@ValueSource(longs = { 1, 0, -1, -4711 })
	void neitherTheSystemNorGroupsNorAllAreSignalled(long pid) {
		// signal 0 only asks, should the guard fail
		assertThatIllegalArgumentException().isThrownBy(() -> Signals.send("0", List.of(4711L, pid)));
		assertThatIllegalArgumentException().isThrownBy(() -> Signals.requireOrdinary(pid));
	}

	@Test
	void nobodyIsNoError() {
		assertThatNoException().isThrownBy(() -> Signals.send("0", List.of()));
	}

}
