package dev.failover.it.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;

import dev.failover.embedded.EmbeddedPair;

/**
 * Resources that an application could leak.
 *
 * @param threads live threads of this JVM
 * @param descriptors open descriptors of this JVM
 * @param connections the application's sessions on both servers
 */
record ResourceUsage(int threads, long descriptors, int connections) {

	private static final int SLACK = 15;

	private static final int POOLS = 20;

	/** Two pools of 10, and two probes at a time on each node. */
	private static final int FULL = POOLS + 4;

	static ResourceUsage now(EmbeddedPair pair) throws IOException, SQLException {
		int connections = ServerProcesses.backends(pair.primary(), pair.username()).size()
				+ ServerProcesses.backends(pair.mirror(), pair.username()).size();
		try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
			return new ResourceUsage(Thread.activeCount(), descriptors.count(), connections);
		}
	}

	/**
	 * Returns whether all connections of both pools are open. Each uses descriptors of
	 * its own and of the link.
	 */
	boolean hasFullPools() {
		return this.connections >= POOLS;
	}

	/**
	 * Returns whether threads and descriptors are about as many as before, and
	 * connections no more than those of two full pools and their probes.
	 */
	boolean isWithin(ResourceUsage before) {
		return this.threads <= before.threads + SLACK && this.descriptors <= before.descriptors + 2 * SLACK
				&& this.connections <= FULL;
	}

}
