package dev.failover.internal.doctor;

import java.time.Duration;
import java.util.List;

import dev.failover.ReadOnlyMode;
import dev.failover.Topology;
import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.internal.doctor.DoctorSettings.Work;
import dev.failover.internal.doctor.Finding.Severity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HoldLimitCheck}, {@link SerializableReadsCheck} and
 * {@link BatchStateCheck}.
 */
class WorkCheckTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	@Test
	void findsThatWritesWaitWithoutALimit() {
		Finding finding = context(LONG).findingOf(new HoldLimitCheck(work(ReadOnlyMode.HOLD, null)));
		assertThat(finding.id()).isEqualTo("hold-unlimited");
		assertThat(finding.severity()).isEqualTo(Severity.INFO);
		assertThat(finding.problem()).contains("up to 30 s");
		assertThat(finding.remedy()).contains("'failover.read-only.hold-for'");
	}

	@Test
	void findsNothingIfTheLimitOrTheConnectionTimeoutIsShort() {
		assertThat(context(LONG).findingsOf(new HoldLimitCheck(work(ReadOnlyMode.HOLD, Duration.ofSeconds(15)))))
			.isEmpty();
		assertThat(context(Duration.ofSeconds(5)).findingsOf(new HoldLimitCheck(work(ReadOnlyMode.HOLD, null))))
			.isEmpty();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "HOLD")
	void findsNoUnlimitedHoldInAnotherMode(ReadOnlyMode mode) {
		assertThat(context(LONG).findingsOf(new HoldLimitCheck(work(mode, null)))).isEmpty();
	}

	@Test
	void findsSerializableConnections() {
		Work work = new Work(Topology.STANDBY, ReadOnlyMode.HOLD, null, true, List::of, () -> false);
		assertThat(new CheckContextBuilder().findingOf(new SerializableReadsCheck(work)).remedy())
			.contains("TRANSACTION_REPEATABLE_READ");
	}

	@Test
	void findsSerializableReadOnlyTransactionsAndNamesTheFirstOfThem() {
		Work work = new Work(Topology.STANDBY, ReadOnlyMode.HOLD, null, false,
				() -> List.of("", "a", "b", "c", "d", "e", "f"), () -> false);
		assertThat(new CheckContextBuilder().findingOf(new SerializableReadsCheck(work)).problem())
			.endsWith("transactions without a name, a, b, c, d and 2 more.");
		assertThat(new CheckContextBuilder().findingsOf(new SerializableReadsCheck(work(ReadOnlyMode.HOLD, null))))
			.isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVE", "REJECT" })
	void findsThatTheStateOfJobsDoesNotWaitForAWriter(ReadOnlyMode mode) {
		Finding finding = new CheckContextBuilder().findingOf(new BatchStateCheck(batch(mode)));
		assertThat(finding.id()).isEqualTo("batch-state");
		assertThat(finding.severity()).isEqualTo(Severity.WARNING);
		assertThat(finding.remedy()).contains("'hold' or 'wait'");
	}

	@ParameterizedTest
	@EnumSource(names = { "HOLD", "WAIT" })
	void findsNothingWhereTheStateOfJobsWaits(ReadOnlyMode mode) {
		assertThat(new CheckContextBuilder().findingsOf(new BatchStateCheck(batch(mode)))).isEmpty();
	}

	@Test
	void findsNothingWithoutJobs() {
		assertThat(new CheckContextBuilder().findingsOf(new BatchStateCheck(work(ReadOnlyMode.SERVE, null)))).isEmpty();
	}

	private static Work batch(ReadOnlyMode mode) {
		return new Work(Topology.STANDBY, mode, null, false, List::of, () -> true);
	}

	private static CheckContextBuilder context(Duration connectionTimeout) {
		return new CheckContextBuilder().configured(CheckContextBuilder.PRIMARY, 10, connectionTimeout,
				JdbcDriverSettings.Timeouts.UNSET);
	}

	private static Work work(ReadOnlyMode mode, @Nullable Duration holdFor) {
		return new Work(Topology.STANDBY, mode, holdFor, false, List::of, () -> false);
	}

}
