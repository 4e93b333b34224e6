package dev.failover.internal.doctor;

import java.util.List;

import dev.failover.ReadOnlyMode;
import dev.failover.internal.doctor.Finding.Severity;

/**
 * Finds jobs of Spring Batch whose state cannot be stored while no node accepts writes,
 * because nothing waits for one.
 */
final class BatchStateCheck implements Check {

	static final String ID = "batch-state";

	private final DoctorSettings.Work work;

	BatchStateCheck(DoctorSettings.Work work) {
		this.work = work;
	}

	@Override
	public List<Finding> check(CheckContext context) {
		boolean waits = this.work.readOnlyMode() == ReadOnlyMode.HOLD || this.work.readOnlyMode() == ReadOnlyMode.WAIT;
		if (waits || !this.work.batch().getAsBoolean()) {
			return List.of();
		}
		return List.of(new Finding(ID, Severity.WARNING, null,
				"A job of Spring Batch that is interrupted by the loss of its node cannot store that it has failed while"
						+ " no node accepts writes. It stays in the state STARTED, and its restart is refused.",
				"Set 'failover.read-only.mode' to 'hold' or 'wait', and the pool's connection time-out to at least the"
						+ " time that a promotion takes."));
	}

}
