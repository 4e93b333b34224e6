package dev.failover.benchmarks.recovery.result;

/**
 * A call that had not ended when the window did.
 *
 * @param client the client thread
 * @param kind what it did
 * @param started when the call began, in nanoseconds since the fault
 */
public record Pending(int client, Kind kind, long started) {
}
