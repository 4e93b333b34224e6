package dev.failover.benchmarks.recovery.result;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Observations made by hand, in milliseconds.
 */
final class Calls {

	static final int PRIMARY = 5001;

	static final int MIRROR = 5002;

	private static final long MILLI = 1_000_000;

	private final List<Call> calls = new ArrayList<>();

	private final List<Pending> pending = new ArrayList<>();

	private @Nullable Long gone;

	private @Nullable Long promoted;

	private boolean primaryReads;

	Calls read(int client, long from, long to, int server) {
		return call(client, Kind.READS, from, to, server);
	}

	Calls write(int client, long from, long to, int server) {
		return call(client, Kind.WRITES, from, to, server);
	}

	Calls failedRead(int client, long from, long to) {
		return call(client, Kind.READS, from, to, 0);
	}

	Calls failedWrite(int client, long from, long to) {
		return call(client, Kind.WRITES, from, to, 0);
	}

	Calls pendingRead(int client, long from) {
		this.pending.add(new Pending(client, Kind.READS, from * MILLI));
		return this;
	}

	Calls goneAt(long millis) {
		this.gone = millis * MILLI;
		return this;
	}

	Calls promotedAt(long millis) {
		this.promoted = millis * MILLI;
		return this;
	}

	Calls primaryReads() {
		this.primaryReads = true;
		return this;
	}

	private Calls call(int client, Kind kind, long from, long to, int server) {
		this.calls.add(new Call(client, kind, this.calls.size(), from * MILLI, to * MILLI, server != 0, server,
				(server != 0) ? "" : "PSQLException/08006"));
		return this;
	}

	/**
	 * With a window of ten seconds.
	 */
	Observation observation() {
		return new Observation(10_000 * MILLI, this.promoted, MIRROR, this.primaryReads, this.calls, this.pending);
	}

	/**
	 * A sample of a contender.
	 */
	Sample sample(String contender, String fault) {
		return Sample.of(contender, fault, 1, "2026-01-01T00:00:00Z", observation(), this.gone, new Integrity(0, 0));
	}

}
