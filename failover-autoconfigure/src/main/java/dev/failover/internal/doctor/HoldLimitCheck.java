package dev.failover.internal.doctor;

import java.time.Duration;
import java.util.List;

import dev.failover.ReadOnlyMode;
import dev.failover.internal.doctor.Finding.Severity;

/**
 * Finds writes that wait for a long time while no node accepts them, each on a thread of
 * the application.
 */
final class HoldLimitCheck implements Check {

	static final String ID = "hold-unlimited";

	/** Connection time-out up to which waiting threads are no problem. */
	private static final Duration SHORT = Duration.ofSeconds(5);

	private final DoctorSettings.Work work;

	HoldLimitCheck(DoctorSettings.Work work) {
		this.work = work;
	}

	@Override
	public List<Finding> check(CheckContext context) {
		Duration timeout = context.preferred().connectionTimeout();
		if (this.work.readOnlyMode() != ReadOnlyMode.HOLD || this.work.holdFor() != null
				|| timeout.compareTo(SHORT) <= 0) {
			return List.of();
		}
		return List.of(new Finding(ID, Severity.INFO, null,
				"While no node accepts writes, each transaction that is not read-only waits for up to "
						+ Durations.text(timeout)
						+ ", on a thread of the application: a long outage can occupy all threads, also those for reads.",
				"Set 'failover.read-only.hold-for' to the longest time that a promotion takes, such as 15s: later"
						+ " transactions are refused at once."));
	}

}
