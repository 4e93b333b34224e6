package dev.failover;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Outcome of one probe of a node.
 *
 * @param at time at which it started
 * @param took duration
 * @param verdict its outcome
 * @param error SQLState and message of the error, or null; never a credential
 * @param errorClass class of the error, or null if no exception was raised: the node
 * answered, or it was silent
 */
public record Probe(Instant at, Duration took, Verdict verdict, @Nullable String error,
		@Nullable ErrorClass errorClass) {

	public Probe {
		error = Redaction.redact(error);
	}

	/**
	 * Creates the outcome of a probe in which no exception was raised.
	 */
	public Probe(Instant at, Duration took, Verdict verdict, @Nullable String error) {
		this(at, took, verdict, error, null);
	}

}
