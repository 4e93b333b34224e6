package dev.failover.benchmarks.recovery.result;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * One contender through one fault, once.
 *
 * @param contender its name
 * @param fault name of the fault
 * @param repetition which repetition, from 1
 * @param at when
 * @param window end of the window in milliseconds since the fault
 * @param gone when the primary's last process had ended, in milliseconds since the fault,
 * null if it did not
 * @param promoted when the mirror became writable, in milliseconds since the fault
 * @param operationsPerSecond of all clients in the second before the fault
 * @param reads what readers felt
 * @param writes what writers felt
 * @param lost acknowledged writes that the survivor does not have
 * @param duplicated writes that it has more than once
 * @param errors how often calls failed with what
 * @param readStrip outcomes of reads over time
 * @param writeStrip outcomes of writes over time
 * @param readPercentiles latencies of reads
 * @param writePercentiles latencies of writes
 */
public record Sample(String contender, String fault, int repetition, String at, double window, @Nullable Double gone,
		@Nullable Double promoted, int operationsPerSecond, Columns reads, Columns writes, int lost, int duplicated,
		Map<String, Long> errors, Strip readStrip, Strip writeStrip, Percentiles readPercentiles,
		Percentiles writePercentiles) {

	private static final long SECOND = 1_000_000_000;

	/**
	 * From what the clients did and the survivor has.
	 * @param gone when the primary's last process had ended, in nanoseconds since the
	 * fault, null if it did not
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
				Millis.orNull(observation.promoted()), operations, Columns.of(observation, Kind.READS),
				Columns.of(observation, Kind.WRITES), integrity.lost(), integrity.duplicated(), errors,
				Strip.of(observation, Kind.READS), Strip.of(observation, Kind.WRITES),
				Percentiles.of(observation, Kind.READS), Percentiles.of(observation, Kind.WRITES));
	}

	/**
	 * Whether it is of that contender and that fault.
	 */
	public boolean isOf(String name, String what) {
		return this.contender.equals(name) && this.fault.equals(what);
	}

	/**
	 * What clients of a kind felt.
	 */
	public Columns columns(Kind kind) {
		return (kind == Kind.READS) ? this.reads : this.writes;
	}

	/**
	 * Outcomes of a kind over time.
	 */
	public Strip strip(Kind kind) {
		return (kind == Kind.READS) ? this.readStrip : this.writeStrip;
	}

	/**
	 * Latencies of a kind.
	 */
	public Percentiles percentiles(Kind kind) {
		return (kind == Kind.READS) ? this.readPercentiles : this.writePercentiles;
	}

}
