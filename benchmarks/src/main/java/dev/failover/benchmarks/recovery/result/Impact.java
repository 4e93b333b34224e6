package dev.failover.benchmarks.recovery.result;

import java.util.function.Predicate;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Impact of a fault on one kind of clients. Times are milliseconds; null means not within
 * the window.
 *
 * @param felt from the fault to the end of the first failed call
 * @param first from the fault to the end of the first success on the mirror
 * @param recovered from the fault until all clients had recovered
 * @param afterPromotion from the promotion until all clients had recovered; negative if
 * they recovered earlier
 * @param calls calls that ended after the fault
 * @param failed failed calls among them
 * @param longest longest call, including calls that had not ended
 * @param stuck clients that were in a call for more than a second at the end of the
 * window
 */
public record Impact(@Nullable Double felt, @Nullable Double first, @JsonProperty("whole") @Nullable Double recovered,
		@Nullable Double afterPromotion, int calls, int failed, double longest, int stuck) {

	public static Impact of(Observation all, Kind kind) {
		Observation observation = all.only(kind);
		Long recovered = RecoveryTime.ofAll(observation);
		Long promoted = observation.promoted();
		int failed = (int) observation.after().stream().filter((call) -> !call.succeeded()).count();
		Long felt = firstEnd(observation, (call) -> !call.succeeded());
		Long first = firstEnd(observation, (call) -> call.succeeded() && call.server() == observation.mirror());
		return new Impact(Millis.orNull(felt), Millis.orNull(first), Millis.orNull(recovered),
				(recovered != null && promoted != null) ? Millis.of(recovered - promoted) : null,
				observation.after().size(), failed, Millis.of(longest(observation)), RecoveryTime.stuck(observation));
	}

	private static @Nullable Long firstEnd(Observation observation, Predicate<Call> which) {
		return observation.after().stream().filter(which).map(Call::ended).min(Long::compare).orElse(null);
	}

	private static long longest(Observation observation) {
		long ended = observation.after().stream().mapToLong(Call::nanos).max().orElse(0);
		return Math.max(ended, observation.pending().stream().mapToLong(observation::duration).max().orElse(0));
	}

}
