package dev.failover.it.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;

import dev.failover.embedded.EmbeddedPair;

/**
 * What an application could leak.
 *
 * @param threads live threads of this JVM
 * @param descriptors open descriptors of this JVM
 * @param connections the application's sessions on both servers
 */
record Leaks(int threads, long descriptors, int connections) {

	private static final int SLACK = 15;

	private static final int POOLS = 20;

	/** Two pools of 10, and two probes at a time on each node. */
	private static final int FULL = POOLS + 4;

	static Leaks now(EmbeddedPair pair) throws IOException, SQLException {
		int connections = ServerProcesses.backends(pair.primary(), pair.username()).size()
				+ ServerProcesses.backends(pair.mirror(), pair.username()).size();
		try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
			return new Leaks(Thread.activeCount(), descriptors.count(), connections);
		}
	}

	/**
	 * Whether all connections of both pools are open: each costs descriptors, of its own
	 * and of the link that it goes through.
	 */
	boolean fullPools() {
		return this.connections >= POOLS;
	}

	/**
	 * Whether no more threads and descriptors are in use than before, give or take what
	 * full pools need, and no more connections than two full pools and their probes have.
	 */
	boolean within(Leaks before) {
		return this.threads <= before.threads + SLACK && this.descriptors <= before.descriptors + 2 * SLACK
				&& this.connections <= FULL;
	}

}
