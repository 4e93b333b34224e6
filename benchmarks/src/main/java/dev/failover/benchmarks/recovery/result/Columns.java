package dev.failover.benchmarks.recovery.result;

import org.jspecify.annotations.Nullable;

/**
 * What one kind of clients felt of one fault. Times are milliseconds; null means never in
 * the window.
 *
 * @param felt from the fault to the end of the first call that failed, null if none did
 * @param first from the fault to the first success on the mirror
 * @param whole from the fault until all clients were whole
 * @param afterPromotion from the promotion until all clients were whole, negative if they
 * were before
 * @param calls calls that ended after the fault
 * @param failed how many of them failed
 * @param longest longest call; of a call that had not ended, what it had lasted
 * @param stuck clients in a call when the window ended, for more than a second
 */
public record Columns(@Nullable Double felt, @Nullable Double first, @Nullable Double whole,
		@Nullable Double afterPromotion, int calls, int failed, double longest, int stuck) {

	/**
	 * From what the clients did.
	 */
	public static Columns of(Observation all, Kind kind) {
		Observation observation = all.only(kind);
		Long whole = Whole.all(observation);
		Long promoted = observation.promoted();
		int failed = (int) observation.after().stream().filter((call) -> !call.succeeded()).count();
		return new Columns(Millis.orNull(felt(observation)), Millis.orNull(first(observation)), Millis.orNull(whole),
				(whole != null && promoted != null) ? Millis.of(whole - promoted) : null, observation.after().size(),
				failed, Millis.of(longest(observation)), Whole.stuck(observation));
	}

	private static @Nullable Long felt(Observation observation) {
		return observation.after()
			.stream()
			.filter((call) -> !call.succeeded())
			.map(Call::ended)
			.min(Long::compare)
			.orElse(null);
	}

	private static @Nullable Long first(Observation observation) {
		return observation.after()
			.stream()
			.filter((call) -> call.succeeded() && call.server() == observation.mirror())
			.map(Call::ended)
			.min(Long::compare)
			.orElse(null);
	}

	private static long longest(Observation observation) {
		long ended = observation.after().stream().mapToLong(Call::nanos).max().orElse(0);
		long pending = observation.pending()
			.stream()
			.mapToLong((call) -> observation.window() - call.started())
			.max()
			.orElse(0);
		return Math.max(ended, pending);
	}

}
