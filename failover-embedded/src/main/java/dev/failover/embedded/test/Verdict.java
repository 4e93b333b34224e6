package dev.failover.embedded.test;

import java.util.Optional;

import dev.failover.embedded.test.WorkUnit.Result;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the caller of disturbed work was told with what became of it.
 */
final class Verdict {

	private static final String UNDISTURBED = "the undisturbed run has";

	private static final String BEFORE = "the state before has";

	private final Baseline baseline;

	private final Result result;

	private final Outcome outcome;

	private final @Nullable Throwable failure;

	/**
	 * Creates a verdict.
	 * @param failure exception that the work has thrown, or null
	 */
	Verdict(Baseline baseline, Result result, @Nullable Throwable failure) {
		this.baseline = baseline;
		this.result = result;
		this.failure = failure;
		this.outcome = Outcome.of(failure);
	}

	/**
	 * Returns the reason why the work is wrong; empty if it is right.
	 */
	Optional<String> complaint() {
		if (this.result.left() != null) {
			return Optional.of(this.result.left());
		}
		return switch (this.outcome) {
			case DONE -> this.baseline.fromAfter(this.result)
				.map((difference) -> difference.describe(UNDISTURBED) + ": " + difference.meaning());
			case NOTHING_STORED -> this.baseline.fromBefore(this.result)
				.map((difference) -> "the caller is told that nothing was stored (" + name() + "), but "
						+ difference.describe(BEFORE));
			case UNKNOWN -> this.baseline.fromBefore(this.result)
				.flatMap((difference) -> this.baseline.fromAfter(this.result)
					.map((other) -> "the outcome is unknown (" + name() + "), but the work is done in part: "
							+ difference.describe(BEFORE) + ", and " + other.describe(UNDISTURBED)));
			case UNEXPLAINED ->
				Optional.of("the work fails with an exception that does not tell of the loss: " + this.failure);
		};
	}

	private String name() {
		return (this.failure != null) ? this.failure.getClass().getSimpleName() : "";
	}

}
