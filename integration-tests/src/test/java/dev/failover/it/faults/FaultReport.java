package dev.failover.it.faults;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.failover.it.history.Operation;
import dev.failover.it.history.Operation.Type;
import dev.failover.it.history.Violations;

/**
 * Creates a row of the table from the recorded calls and events.
 *
 * @param group group of the fault
 * @param fault description of the fault
 * @param moments moments of the faults, in order; the last entry is the end
 */
record FaultReport(FaultGroup group, String fault, List<Long> moments) {

	FaultRow row(List<Operation> history, EventLog log, Violations violations) {
		Measurement measured = new Measurement(this.moments, history);
		long first = this.moments.get(0);
		List<EventLog.Change> changes = log.between(first, this.moments.get(this.moments.size() - 1));
		Map<String, Object> values = new LinkedHashMap<>();
		values.put(FaultRow.DETECTED,
				FaultRow.millis(changes.stream()
					.findFirst()
					.map((change) -> Duration.ofNanos(change.at() - faultBefore(change.at())))
					.orElse(null)));
		values.put(FaultRow.SIGNAL,
				FaultRow.millis(changes.stream()
					.map((change) -> change.transition().detection())
					.filter(Objects::nonNull)
					.findFirst()
					.orElse(null)));
		values.put(FaultRow.READS, FaultRow.millis(measured.recoveryTime(Type.READ)));
		values.put(FaultRow.WRITES, FaultRow.millis(measured.recoveryTime(Type.WRITE)));
		values.put(FaultRow.FAILED, measured.failed());
		values.put(FaultRow.HELD, measured.held());
		values.put(FaultRow.LOST, violations.lost().size());
		values.put(FaultRow.DUPLICATED, violations.duplicated().size());
		values.put(FaultRow.CHANGES, changes.size());
		values.put(FaultRow.LONGEST, FaultRow.millis(measured.longestCall()));
		values.put(FaultRow.CALLS, history.size());
		values.put(FaultRow.ERRORS, measured.errors().toString());
		return new FaultRow(this.group, this.fault, "", values);
	}

	/**
	 * Returns the last fault before a moment.
	 */
	private long faultBefore(long at) {
		return this.moments.stream().filter((moment) -> at - moment >= 0).reduce((a, b) -> b).orElse(at);
	}

}
