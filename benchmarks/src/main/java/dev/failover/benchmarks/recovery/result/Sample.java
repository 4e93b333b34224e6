package dev.failover.benchmarks.recovery.result;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Result of one trial: one contender through one fault. Times are milliseconds since the
 * fault.
 *
 * @param contender name of the contender
 * @param fault name of the fault
 * @param repetition number of the trial, from 1
 * @param at instant of the fault
 * @param window end of the window
 * @param gone time at which the last process of the primary had ended, null if the fault
 * does not end it
 * @param promoted time at which the mirror became writable, null if it did not
 * @param operationsPerSecond calls of all clients in the second before the fault
 * @param reads impact on the readers
 * @param writes impact on the writers
 * @param lost acknowledged writes that the survivor does not have
 * @param duplicated writes that it has more than once
 * @param errors number of failed calls by error
 * @param readStrip reads over time
 * @param writeStrip writes over time
 * @param readPercentiles latencies of reads
 * @param writePercentiles latencies of writes
 */
public record Sample(String contender, String fault, int repetition, String at, double window, @Nullable Double gone,
		@Nullable Double promoted, int operationsPerSecond, Impact reads, Impact writes, int lost, int duplicated,
		Map<String, Long> errors, Timeline readStrip, Timeline writeStrip, Percentiles readPercentiles,
		Percentiles writePercentiles) {

	private static final long SECOND = 1_000_000_000;

	/**
	 * Computes the result from the calls of the clients and the data of the survivor.
	 * @param gone nanoseconds until the last process of the primary had ended, null if
	 * the fault does not end it
	 */
	public static Sample of(String contender, String fault, int repetition, String at, Observation observation,
			@Nullable Long gone, Integrity integrity) {
		int operations = (int) observation.calls()
			.stream()
			.filter((call) -> call.succeeded() && call.ended() < 0 && call.ended() >= -SECOND)
			.count();
		Map<String, Long> errors = observation.after()
			.stream()
			.filter((call) -> !call.succeeded())
			.collect(Collectors.groupingBy((call) -> call.kind().word() + " " + call.error(), TreeMap::new,
					Collectors.counting()));
		return new Sample(contender, fault, repetition, at, Millis.of(observation.window()), Millis.orNull(gone),
				Millis.orNull(observation.promoted()), operations, Impact.of(observation, Kind.READS),
				Impact.of(observation, Kind.WRITES), integrity.lost(), integrity.duplicated(), errors,
				Timeline.of(observation, Kind.READS), Timeline.of(observation, Kind.WRITES),
				Percentiles.of(observation, Kind.READS), Percentiles.of(observation, Kind.WRITES));
	}

	public boolean isOf(String name, String faultName) {
		return this.contender.equals(name) && this.fault.equals(faultName);
	}

	public Impact impact(Kind kind) {
		return (kind == Kind.READS) ? this.reads : this.writes;
	}

}
