package dev.failover.benchmarks.recovery.result;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Builds observations and samples, with times in milliseconds.
 */
public final class Calls {

	public static final int PRIMARY = 5001;

	public static final int MIRROR = 5002;

	private static final long MILLI = 1_000_000;

	private final List<Call> calls = new ArrayList<>();

	private final List<Observation.Pending> pending = new ArrayList<>();

	private @Nullable Long promoted;

	private boolean primaryReads;

	public Calls read(int client, long from, long to, int server) {
		return call(client, Kind.READS, from, to, server);
	}

	public Calls write(int client, long from, long to, int server) {
		return call(client, Kind.WRITES, from, to, server);
	}

	public Calls failedRead(int client, long from, long to) {
		return call(client, Kind.READS, from, to, 0);
	}

	public Calls failedWrite(int client, long from, long to) {
		return call(client, Kind.WRITES, from, to, 0);
	}

	public Calls pendingRead(int client, long from) {
		this.pending.add(new Observation.Pending(client, Kind.READS, from * MILLI));
		return this;
	}

	public Calls promotedAt(long millis) {
		this.promoted = millis * MILLI;
		return this;
	}

	public Calls primaryReads() {
		this.primaryReads = true;
		return this;
	}

	private Calls call(int client, Kind kind, long from, long to, int server) {
		this.calls.add(new Call(client, kind, this.calls.size(), from * MILLI, to * MILLI, server != 0, server,
				(server != 0) ? "" : "PSQLException/08006"));
		return this;
	}

	/**
	 * Returns the observation, with a window of ten seconds.
	 */
	public Observation observation() {
		return new Observation(10_000 * MILLI, this.promoted, MIRROR, this.primaryReads, this.calls, this.pending);
	}

	public Sample sample(String contender, String fault) {
		return Sample.of(contender, fault, 1, "2026-01-01T00:00:00Z", observation(), null, new Integrity(0, 0));
	}

}
