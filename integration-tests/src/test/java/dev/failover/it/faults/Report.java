package dev.failover.it.faults;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.failover.it.history.Findings;
import dev.failover.it.history.Kind;
import dev.failover.it.history.Operation;

/**
 * Makes a row of the table out of what was recorded.
 *
 * @param group group of the fault
 * @param fault what it is
 * @param moments when each fault struck, in order; the last entry is the end
 */
record Report(Group group, String fault, List<Long> moments) {

	FaultRow row(List<Operation> history, RouteLog log, Findings findings) {
		Measurement measured = new Measurement(this.moments, history);
		long first = this.moments.get(0);
		List<RouteLog.Change> changes = log.between(first, this.moments.get(this.moments.size() - 1));
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
		values.put(FaultRow.READS, FaultRow.millis(measured.wholeAfter(Kind.READ)));
		values.put(FaultRow.WRITES, FaultRow.millis(measured.wholeAfter(Kind.WRITE)));
		values.put(FaultRow.FAILED, measured.failed());
		values.put(FaultRow.HELD, measured.held());
		values.put(FaultRow.LOST, findings.lost().size());
		values.put(FaultRow.DUPLICATED, findings.duplicated().size());
		values.put(FaultRow.CHANGES, changes.size());
		values.put(FaultRow.LONGEST, FaultRow.millis(measured.longestCall()));
		values.put(FaultRow.CALLS, history.size());
		values.put(FaultRow.ERRORS, measured.errors().toString());
		return new FaultRow(this.group, this.fault, "", values);
	}

	/**
	 * The last fault before a moment.
	 */
	private long faultBefore(long at) {
		return this.moments.stream().filter((moment) -> at - moment >= 0).reduce((a, b) -> b).orElse(at);
	}

}
