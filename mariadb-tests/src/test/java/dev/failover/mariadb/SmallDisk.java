package dev.failover.mariadb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * File systems of a limited size, in memory. Only root can mount them.
 */
final class SmallDisk {

	private static final String SIZE = "256m";

	private SmallDisk() {
	}

	/**
	 * Returns whether one can be mounted here.
	 */
	static boolean isPossible() {
		try {
			Path directory = Files.createTempDirectory("failover-disk");
			boolean mounted = mount(directory);
			if (mounted) {
				unmount(directory);
			}
			Files.delete(directory);
			return mounted;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Mounts one on a directory.
	 * @return whether it is mounted
	 */
	static boolean mount(Path directory) {
		return Installation
			.succeeds(new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", directory.toString()));
	}

	static void unmount(Path directory) {
		Installation.succeeds(new ProcessBuilder("umount", directory.toString()));
	}

}
