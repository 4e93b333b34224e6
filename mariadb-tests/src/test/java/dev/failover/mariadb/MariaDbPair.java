package dev.failover.mariadb;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.springframework.util.FileSystemUtils;

/**
 * Pairs of MariaDB. Replication is semi-synchronous, and waits for the replica for as
 * long as it is connected.
 */
final class MariaDbPair {

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

	private MariaDbPair() {
	}

	/**
	 * Starts a pair, or returns empty if no server can run here.
	 */
	static Optional<Pair> start() {
		return Installation.find()
			.map((installation) -> Pair
				.start((directory) -> new Pair(directory, server(installation, directory.resolve("primary"), 1),
						server(installation, directory.resolve("mirror"), 2), true)));
	}

	/**
	 * Starts a pair whose primary has a {@link SmallDisk}, or returns empty if no server
	 * can run here.
	 */
	static Optional<Pair> startOnSmallDisk() {
		return Installation.find().map((installation) -> Pair.start((directory) -> {
			Path disk = Files.createDirectory(directory.resolve("primary"));
			SmallDisk.mount(disk);
			return new Pair(directory, server(installation, disk, 1),
					server(installation, directory.resolve("mirror"), 2), true, () -> SmallDisk.unmount(disk));
		}));
	}

	private static MariaDbServer server(Installation installation, Path own, int id)
			throws IOException, InterruptedException {
		Files.createDirectories(own);
		FileSystemUtils.copyRecursively(template(installation), own.resolve("data"));
		Files.writeString(own.resolve("init.sql"), USERS);
		Installation.giveToServer(own);
		return new MariaDbServer(installation, own, id, freePort(), SEMI_SYNC);
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
			Runtime.getRuntime().addShutdownHook(new Thread(() -> Pair.delete(work)));
		}
		return template;
	}

	static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
