package dev.failover;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What the last probe of a node found.
 *
 * @param at when it started
 * @param took how long it took
 * @param verdict what it says of the node
 * @param error SQLState and message, or null; never a credential
 */
public record Probe(Instant at, Duration took, Verdict verdict, @Nullable String error) {

	public Probe {
		error = Redaction.redact(error);
	}

}
