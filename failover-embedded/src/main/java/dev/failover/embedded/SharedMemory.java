package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Removes the small System V segment that a killed server leaves. Each server has one, as
 * its lock; nothing else frees it once the data directory is gone.
 */
final class SharedMemory {

	private static final Path SEGMENTS = Path.of("/proc/sysvipc/shm");

	private SharedMemory() {
	}

	/**
	 * Remove the segment of a server that has ended, if it is there, is the server's, and
	 * nobody is attached to it. Only where the system lists its segments (Linux).
	 */
	static void release(PidFile server) throws IOException {
		if (server.segment().isEmpty() || !Files.isReadable(SEGMENTS)) {
			return;
		}
		List<String> expected = List.of(server.segment().split("\\s+"));
		for (String line : Files.readAllLines(SEGMENTS)) {
			// key, shmid, perms, size, cpid, lpid, nattch
			List<String> fields = List.of(line.strip().split("\\s+"));
			if (fields.subList(0, 2).equals(expected) && fields.get(4).equals(Long.toString(server.pid()))
					&& fields.get(6).equals("0")) {
				Command.of("ipcrm", "-m", fields.get(1)).succeeds();
			}
		}
	}

}
