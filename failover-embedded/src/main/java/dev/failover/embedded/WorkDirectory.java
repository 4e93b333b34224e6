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
 * The temporary directory of a pair, locked as long as the pair exists.
 * <p>
 * A directory without a lock belongs to a JVM that was killed; the next start in another
 * JVM removes it. A process loses its lock when it closes <em>any</em> descriptor of the
 * file, so that a JVM must not open the lock files of its own pairs. It recognizes them
 * by a token in the name of the directory, which all class loaders of the JVM share.
 */
final class WorkDirectory implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(WorkDirectory.class);

	private static final String PREFIX = "failover-embedded-pair-";

	private static final String LOCK = "lock";

	/** Age after which a directory without a lock file is removed. */
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
	 * Create a directory and remove those that killed JVMs have left.
	 * @return the new directory
	 */
	static WorkDirectory create() throws IOException {
		return create(Path.of(System.getProperty("java.io.tmpdir")));
	}

	static WorkDirectory create(Path parent) throws IOException {
		Path path = Files.createTempDirectory(parent, PREFIX + TOKEN + "-");
		Path unlocked = path.resolve(LOCK + ".new");
		FileChannel channel = FileChannel.open(unlocked, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
		channel.lock();
		Files.move(unlocked, path.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
		removeStale(parent, ServerAccount.uid(path));
		return new WorkDirectory(path, channel);
	}

	Path path() {
		return this.path;
	}

	/**
	 * Let other users access files whose path they know, without listing the directory.
	 */
	void allowTraversal() throws IOException {
		Files.setPosixFilePermissions(this.path, PosixFilePermissions.fromString("rwx--x--x"));
	}

	/**
	 * Delete the directory.
	 */
	@Override
	public void close() throws IOException {
		try {
			DirectoryTrees.delete(this.path);
		}
		finally {
			this.lock.close();
		}
	}

	private static synchronized void removeStale(Path parent, int uid) {
		try (DirectoryStream<Path> candidates = Files.newDirectoryStream(parent, PREFIX + "*")) {
			for (Path candidate : candidates) {
				try {
					if (isOfOtherJvm(candidate, uid)) {
						removeIfStale(candidate);
					}
				}
				catch (IOException | RuntimeException ex) {
					logger.debug("Could not check or remove the directory {}", candidate, ex);
				}
			}
		}
		catch (IOException ex) {
			logger.debug("Could not look for directories of killed JVMs in {}", parent, ex);
		}
	}

	private static boolean isOfOtherJvm(Path candidate, int uid) throws IOException {
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
				FileLock acquired = channel.tryLock()) {
			if (acquired != null) {
				remove(candidate);
			}
		}
	}

	private static void remove(Path candidate) throws IOException {
		logger.info("Removing {}, the directory of an embedded PostgreSQL pair whose JVM was killed", candidate);
		OrphanedServers.end(candidate);
		DirectoryTrees.delete(candidate);
	}

}
