package dev.failover.mariadb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;

import org.awaitility.Awaitility;

/**
 * A primary and its replica, from nothing, with a database {@code orders} and the user
 * {@code app}.
 */
final class Pair implements AutoCloseable {

	private final Path directory;

	private final DatabaseServer primary;

	private final DatabaseServer mirror;

	private final boolean synchronous;

	private final Runnable afterwards;

	private final Thread atExit = new Thread(this::end);

	/**
	 * Creates a pair, which does not run yet.
	 * @param directory directory of both servers, deleted at the end
	 * @param synchronous whether a commit waits for the replica
	 */
	Pair(Path directory, DatabaseServer primary, DatabaseServer mirror, boolean synchronous) {
		this(directory, primary, mirror, synchronous, () -> {
		});
	}

	/**
	 * Creates a pair, which does not run yet.
	 * @param afterwards is run after the servers have ended
	 */
	Pair(Path directory, DatabaseServer primary, DatabaseServer mirror, boolean synchronous, Runnable afterwards) {
		this.afterwards = afterwards;
		this.directory = directory;
		this.primary = primary;
		this.mirror = mirror;
		this.synchronous = synchronous;
		Runtime.getRuntime().addShutdownHook(this.atExit);
	}

	/**
	 * Creates a directory that the user of the servers can read, and a pair in it, and
	 * starts the pair.
	 */
	static Pair start(PairFactory factory) {
		try {
			Path directory = Files.createTempDirectory("failover-pair");
			directory.toFile().setExecutable(true, false);
			directory.toFile().setReadable(true, false);
			Pair pair = factory.create(directory);
			pair.replicate();
			return pair;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private void replicate() {
		try {
			this.primary.start();
			this.mirror.start("--read-only=1");
			this.mirror.follow(this.primary, false);
			this.primary.execute("create table orders.entry (id bigint primary key)");
			awaitInStep();
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	/**
	 * Waits until the mirror has executed all that the primary has.
	 */
	void awaitInStep() {
		Awaitility.await("replication")
			.atMost(Duration.ofSeconds(60))
			.until(() -> this.mirror.position().equals(this.primary.position()));
	}

	DatabaseServer primary() {
		return this.primary;
	}

	DatabaseServer mirror() {
		return this.mirror;
	}

	boolean isSynchronous() {
		return this.synchronous;
	}

	@Override
	public void close() {
		Runtime.getRuntime().removeShutdownHook(this.atExit);
		end();
	}

	private void end() {
		this.primary.end();
		this.mirror.end();
		this.afterwards.run();
		delete(this.directory);
	}

	static void delete(Path directory) {
		try {
			Files.walkFileTree(directory, new SimpleFileVisitor<>() {

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
					Files.delete(file);
					return FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult postVisitDirectory(Path visited, IOException error) throws IOException {
					Files.delete(visited);
					return FileVisitResult.CONTINUE;
				}

			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Creates a pair in a directory.
	 */
	@FunctionalInterface
	interface PairFactory {

		Pair create(Path directory) throws IOException, InterruptedException;

	}

}
