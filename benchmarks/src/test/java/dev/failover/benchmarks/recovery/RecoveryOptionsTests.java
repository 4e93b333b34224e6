package dev.failover.benchmarks.recovery;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RecoveryOptionsTests {

	@Test
	void withoutRecoveryOptionsEverythingIsMeasured() {
		RecoveryOptions options = RecoveryOptions.of(List.of());
		assertThat(options.isSmall()).isFalse();
		assertThat(options.wants("anything")).isTrue();
		assertThat(options.faults()).containsExactly(Fault.values());
		assertThat(options.repetitions("ours", Fault.KILL)).isEqualTo(20);
		assertThat(options.repetitions("druid", Fault.KILL)).isEqualTo(5);
		assertThat(options.window()).hasSeconds(10);
	}

	@Test
	void theSmallSizeIsFewContendersAndFaults() {
		RecoveryOptions options = RecoveryOptions.of(List.of("--size=small"));
		assertThat(options.wants("ours")).isTrue();
		assertThat(options.wants("druid")).isFalse();
		assertThat(options.faults()).containsExactly(Fault.KILL, Fault.FREEZE);
	}

	@Test
	void namedValuesOverrideTheSize() {
		RecoveryOptions options = RecoveryOptions.of(List.of("--size=small", "--contenders=druid,haproxy",
				"--faults=cut-late,stop", "--repeat=7", "--window=20", "--steady=15", "--out=there"));
		assertThat(options.directory()).hasToString("there");
		assertThat(options.wants("druid")).isTrue();
		assertThat(options.wants("ours")).isFalse();
		assertThat(options.faults()).containsExactly(Fault.CUT_LATE, Fault.STOP);
		assertThat(options.repetitions("druid", Fault.CUT)).isEqualTo(7);
		assertThat(options.window()).hasSeconds(20);
		assertThat(options.steady()).hasSeconds(15);
	}

	@Test
	void anUnknownOptionIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> RecoveryOptions.of(List.of("--repaet=3")))
			.withMessageContaining("'--repaet=3'");
	}

}
