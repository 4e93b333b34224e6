package dev.failover.benchmarks.recovery;

import java.util.List;

import dev.failover.benchmarks.run.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What command lines mean.
 */
class OptionsTests {

	@Test
	void withoutOptionsEverythingIsMeasured() {
		Options options = Options.of(List.of());
		assertThat(options.plan()).isEqualTo(RecoveryPlan.of(Size.FULL));
		assertThat(options.wants("anything")).isTrue();
		assertThat(options.chosenFaults()).containsExactly(Fault.values());
		assertThat(options.repetitions("ours", Fault.KILL)).isEqualTo(20);
		assertThat(options.repetitions("druid", Fault.KILL)).isEqualTo(5);
		assertThat(options.window()).hasSeconds(10);
	}

	@Test
	void theSmallSizeIsFewContendersAndFaults() {
		Options options = Options.of(List.of("--size=small"));
		assertThat(options.wants("ours")).isTrue();
		assertThat(options.wants("druid")).isFalse();
		assertThat(options.chosenFaults()).containsExactly(Fault.KILL, Fault.FREEZE);
	}

	@Test
	void whatIsNamedWins() {
		Options options = Options.of(List.of("--size=small", "--contenders=druid,haproxy", "--faults=cut-late,stop",
				"--repeat=7", "--window=20", "--out=there", "--render"));
		assertThat(options.directory()).hasToString("there");
		assertThat(options.wants("druid")).isTrue();
		assertThat(options.wants("ours")).isFalse();
		assertThat(options.chosenFaults()).containsExactly(Fault.CUT_LATE, Fault.STOP);
		assertThat(options.repetitions("druid", Fault.CUT)).isEqualTo(7);
		assertThat(options.window()).hasSeconds(20);
		assertThat(options.render()).isTrue();
	}

	@Test
	void anUnknownOptionIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Options.of(List.of("--repaet=3")))
			.withMessageContaining("'--repaet=3'");
	}

}
