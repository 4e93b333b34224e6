package dev.failover.mariadb;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

import org.springframework.util.FileSystemUtils;

/**
 * A primary and its replica, from nothing, with a database {@code orders} and the user
 * {@code app}. Replication is semi-synchronous, and waits for the replica for as long as
 * it is connected.
 */
final class MariaDbPair implements AutoCloseable {

	/** Not replicated: else each server would begin with a transaction of its own. */
	static final String USERS = """
			set sql_log_bin=0;
			create user if not exists repl@'127.0.0.1' identified by 'repl';
			grant replication slave on *.* to repl@'127.0.0.1';
			create user if not exists admin@'127.0.0.1' identified by 'admin';
			grant all on *.* to admin@'127.0.0.1' with grant option;
			create database if not exists orders;
			create user if not exists app@'127.0.0.1' identified by 'app';
			grant all on orders.* to app@'127.0.0.1';
			grant slave monitor on *.* to app@'127.0.0.1';
			set sql_log_bin=1;
			""";

	private static final List<String> SEMI_SYNC = List.of("--rpl-semi-sync-master-enabled=ON",
			"--rpl-semi-sync-slave-enabled=ON", "--rpl-semi-sync-master-timeout=60000",
			"--rpl-semi-sync-master-wait-point=AFTER_SYNC", "--rpl-semi-sync-master-wait-no-slave=OFF");

	/** Data directory without users, which the servers of all pairs begin with. */
	private static Path template;

	private final Path directory;

	private final MariaDbServer primary;

	private final MariaDbServer mirror;

	private final Thread atExit = new Thread(this::end);

	private MariaDbPair(Installation installation, Path directory) throws IOException, InterruptedException {
		this.directory = directory;
		this.primary = server(installation, "primary", 1);
		this.mirror = server(installation, "mirror", 2);
		Runtime.getRuntime().addShutdownHook(this.atExit);
	}

	private MariaDbServer server(Installation installation, String name, int id)
			throws IOException, InterruptedException {
		Path own = Files.createDirectories(this.directory.resolve(name));
		FileSystemUtils.copyRecursively(template(installation), own.resolve("data"));
		Files.writeString(own.resolve("init.sql"), USERS);
		Installation.giveToServer(own);
		return new MariaDbServer(installation, own, id, freePort(), SEMI_SYNC);
	}

	/**
	 * Starts a pair, or returns empty if no server can run here.
	 */
	static Optional<MariaDbPair> start() {
		return Installation.find().map((installation) -> {
			try {
				Path directory = Files.createTempDirectory("failover-mariadb-pair");
				directory.toFile().setExecutable(true, false);
				directory.toFile().setReadable(true, false);
				MariaDbPair pair = new MariaDbPair(installation, directory);
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
		});
	}

	private void replicate() {
		try {
			this.primary.start();
			this.mirror.start("--read-only=1");
			this.mirror.follow(this.primary, false);
			this.primary.execute("create table orders.entry (id bigint primary key)");
			Awaitility.await("replication")
				.atMost(Duration.ofSeconds(60))
				.until(() -> this.mirror.gtidPosition().equals(this.primary.gtidPosition()));
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	static synchronized Path template(Installation installation) throws IOException, InterruptedException {
		if (template == null) {
			Path work = Files.createTempDirectory("failover-mariadb-template");
			work.toFile().setExecutable(true, false);
			work.toFile().setReadable(true, false);
			Path data = Files.createDirectory(work.resolve("data"));
			Path script = work.resolve("system-tables.sql");
			installation.writeSystemTables(script);
			Installation.giveToServer(data);
			Process process = installation
				.command("--no-defaults", "--basedir=" + installation.home(), "--datadir=" + data, "--tmpdir=" + data,
						"--lc-messages-dir=" + installation.share(), "--bootstrap", "--enforce-storage-engine=",
						"--innodb-buffer-pool-size=32M", "--innodb-log-file-size=16M",
						"--loose-innodb-use-native-aio=0", "--innodb-flush-log-at-trx-commit=0")
				.redirectInput(script.toFile())
				.redirectErrorStream(true)
				.redirectOutput(new File(work.toFile(), "log"))
				.start();
			if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
				throw new IllegalStateException("No system tables: " + Files.readString(work.resolve("log")));
			}
			template = data;
			Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(work)));
		}
		return template;
	}

	static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	MariaDbServer primary() {
		return this.primary;
	}

	MariaDbServer mirror() {
		return this.mirror;
	}

	@Override
	public void close() {
		Runtime.getRuntime().removeShutdownHook(this.atExit);
		end();
	}

	private void end() {
		this.primary.end();
		this.mirror.end();
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

}
