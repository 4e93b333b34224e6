package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Ends what is left of the servers of a killed JVM. Their supervisors have normally done
 * so; this is for the case that the supervisors were killed too.
 */
final class Leftovers {

	private Leftovers() {
	}

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
			.ifPresent((process) -> Signals.kill(Processes.family(process)));
		SharedMemory.release(server);
	}

	/**
	 * Say whether a process is the server of a data directory: its id alone may have been
	 * given to another one.
	 */
	private static boolean isServerOf(ProcessHandle process, Path data) {
		return process.info().commandLine().filter((line) -> line.contains(data.toString())).isPresent();
	}

}
