package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the processes and directories of pairs of other JVMs.
 */
final class PairProcesses {

	private PairProcesses() {
	}

	/**
	 * Return the shells that run the servers of a pair, and all server processes.
	 * @param directory the pair's directory
	 */
	static List<ProcessHandle> in(Path directory) throws IOException {
		List<ProcessHandle> processes = new ArrayList<>();
		try (DirectoryStream<Path> nodes = Files.newDirectoryStream(directory, Files::isDirectory)) {
			for (Path node : nodes) {
				long pid = Long.parseLong(Files.readString(node.resolve("server.pid")).strip());
				ProcessHandle.of(pid).ifPresent((postmaster) -> {
					postmaster.parent().ifPresent(processes::add);
					processes.addAll(Processes.withChildren(postmaster));
				});
			}
		}
		return processes;
	}

	/**
	 * Return the directories of pairs in a temporary directory.
	 */
	static List<Path> directories(Path temporary) throws IOException {
		List<Path> directories = new ArrayList<>();
		try (DirectoryStream<Path> found = Files.newDirectoryStream(temporary, "failover-embedded-pair-*")) {
			found.forEach(directories::add);
		}
		return directories;
	}

}
