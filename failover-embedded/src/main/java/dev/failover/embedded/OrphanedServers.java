package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Servers that still run after their JVM was killed. Normally the shell that runs a
 * server has ended it; an orphan remains if that shell was killed as well.
 */
final class OrphanedServers {

	private OrphanedServers() {
	}

	/**
	 * End the servers of a pair and remove their shared memory.
	 * @param pairDirectory the directory of the pair
	 */
	static void end(Path pairDirectory) throws IOException {
		try (DirectoryStream<Path> nodes = Files.newDirectoryStream(pairDirectory, Files::isDirectory)) {
			for (Path node : nodes) {
				Path data = node.resolve(Server.DATA);
				Optional<PidFile> server = PidFile.read(data);
				if (server.isPresent()) {
					end(server.get(), data);
				}
			}
		}
	}

	private static void end(PidFile server, Path data) throws IOException {
		ProcessHandle.of(server.pid())
			.filter((process) -> isServerOf(process, data))
			.ifPresent((process) -> Processes.kill(Processes.withChildren(process)));
		SharedMemory.remove(server);
	}

	/**
	 * Return whether a process is the server of a data directory. Its id alone is no
	 * proof, because the operating system may have given it to another process.
	 */
	private static boolean isServerOf(ProcessHandle process, Path data) {
		return process.info().commandLine().filter((line) -> line.contains(data.toString())).isPresent();
	}

}
