package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The small System V shared memory segment that each server uses as a lock. A killed
 * server leaves it, and nothing else removes it once the data directory is deleted.
 */
final class SharedMemory {

	private static final Path SEGMENTS = Path.of("/proc/sysvipc/shm");

	private SharedMemory() {
	}

	/**
	 * Remove the segment of a server that has ended, if the segment exists, was created
	 * by that server and no process is attached to it. Does nothing where the operating
	 * system does not list its segments in {@code /proc}.
	 * @param server the PID file of the server
	 */
	static void remove(PidFile server) throws IOException {
		if (server.segment().isEmpty() || !Files.isReadable(SEGMENTS)) {
			return;
		}
		List<String> expected = List.of(server.segment().split("\\s+"));
		for (String line : Files.readAllLines(SEGMENTS)) {
			// columns: key, shmid, perms, size, cpid, lpid, nattch
			List<String> fields = List.of(line.strip().split("\\s+"));
			if (fields.subList(0, 2).equals(expected) && fields.get(4).equals(Long.toString(server.pid()))
					&& fields.get(6).equals("0")) {
				SystemCommand.of("ipcrm", "-m", fields.get(1)).succeeds();
			}
		}
	}

}
