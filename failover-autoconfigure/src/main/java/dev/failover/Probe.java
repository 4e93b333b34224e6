package dev.failover;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Result of one probe of a node.
 *
 * @param at when it started
 * @param took how long it took
 * @param verdict its outcome
 * @param error SQLState and message, or null; never a credential
 */
public record Probe(Instant at, Duration took, Verdict verdict, @Nullable String error) {

	public Probe {
		error = Redaction.redact(error);
	}

}
