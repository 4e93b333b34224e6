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

	static Leaks now(EmbeddedPair pair) throws IOException, SQLException {
		int connections = ServerProcesses.backends(pair.primary(), pair.username()).size()
				+ ServerProcesses.backends(pair.mirror(), pair.username()).size();
		try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
			return new Leaks(Thread.activeCount(), descriptors.count(), connections);
		}
	}

	/**
	 * Whether no more of anything is in use than before, give or take what comes and
	 * goes.
	 */
	boolean within(Leaks before) {
		return this.threads <= before.threads + 10 && this.descriptors <= before.descriptors + 25
				&& this.connections <= before.connections + 5;
	}

}
