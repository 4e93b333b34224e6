package dev.failover.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The temporary directory of a pair, locked as long as the pair lives.
 * <p>
 * A directory whose lock can be had belongs to a JVM that was killed: the next start
 * removes it. The lock of a process is lost when the process closes <em>any</em>
 * descriptor of the file, so a JVM never opens the lock files of its own pairs; it knows
 * them by a token in their names, which is the same for all class loaders of a JVM.
 */
final class WorkDirectory implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(WorkDirectory.class);

	private static final String PREFIX = "failover-embedded-pair-";

	private static final String LOCK = "lock";

	private static final Duration ABANDONED = Duration.ofHours(1);

	private static final String TOKEN = (String) System.getProperties()
		.computeIfAbsent("dev.failover.embedded.jvm", (key) -> UUID.randomUUID().toString().substring(0, 8));

	private final Path path;

	private final FileChannel lock;

	private WorkDirectory(Path path, FileChannel lock) {
		this.path = path;
		this.lock = lock;
	}

	/**
	 * Create a directory, after removing those that killed JVMs have left.
	 */
	static WorkDirectory create() throws IOException {
		return create(Path.of(System.getProperty("java.io.tmpdir")));
	}

	static WorkDirectory create(Path parent) throws IOException {
		Path path = Files.createTempDirectory(parent, PREFIX + TOKEN + "-");
		Path hidden = path.resolve(LOCK + ".new");
		FileChannel channel = FileChannel.open(hidden, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
		channel.lock();
		Files.move(hidden, path.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
		removeStale(parent, ServerAccount.uid(path));
		return new WorkDirectory(path, channel);
	}

	Path path() {
		return this.path;
	}

	/**
	 * Let others pass through, not look into it.
	 */
	void open() throws IOException {
		Files.setPosixFilePermissions(this.path, PosixFilePermissions.fromString("rwx--x--x"));
	}

	/**
	 * Delete the directory.
	 */
	@Override
	public void close() throws IOException {
		try {
			Trees.delete(this.path);
		}
		finally {
			this.lock.close();
		}
	}

	private static synchronized void removeStale(Path parent, int uid) {
		try (DirectoryStream<Path> candidates = Files.newDirectoryStream(parent, PREFIX + "*")) {
			for (Path candidate : candidates) {
				try {
					if (isOurs(candidate, uid)) {
						removeIfStale(candidate);
					}
				}
				catch (IOException | RuntimeException ex) {
					logger.debug("Left {} alone", candidate, ex);
				}
			}
		}
		catch (IOException ex) {
			logger.debug("Could not look for stale directories in {}", parent, ex);
		}
	}

	private static boolean isOurs(Path candidate, int uid) throws IOException {
		return !candidate.getFileName().toString().startsWith(PREFIX + TOKEN)
				&& Files.isDirectory(candidate, LinkOption.NOFOLLOW_LINKS) && ServerAccount.uid(candidate) == uid;
	}

	private static void removeIfStale(Path candidate) throws IOException {
		Path file = candidate.resolve(LOCK);
		if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
			Instant touched = Files.getLastModifiedTime(candidate).toInstant();
			if (touched.isBefore(Instant.now().minus(ABANDONED))) {
				remove(candidate);
			}
			return;
		}
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
				FileLock held = channel.tryLock()) {
			if (held != null) {
				remove(candidate);
			}
		}
	}

	private static void remove(Path candidate) throws IOException {
		logger.info("Removing {}, which a JVM that was killed has left", candidate);
		Leftovers.end(candidate);
		Trees.delete(candidate);
	}

}
