package dev.failover.mariadb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.springframework.util.FileSystemUtils;

/**
 * Pairs of MySQL 5.6. Replication is asynchronous: the package has no plugin for another
 * one.
 */
final class MySqlPair {

	/** Not replicated: else each server would begin with a transaction of its own. */
	private static final String USERS = """
			set sql_log_bin=0;
			grant replication slave on *.* to repl@'127.0.0.1' identified by 'repl';
			grant all on *.* to admin@'127.0.0.1' identified by 'admin' with grant option;
			create database if not exists orders;
			grant all on orders.* to app@'127.0.0.1' identified by 'app';
			grant replication client on *.* to app@'127.0.0.1';
			set sql_log_bin=1;
			""";

	private MySqlPair() {
	}

	/**
	 * Starts a pair, or returns empty if no server can run here.
	 */
	static Optional<Pair> start() {
		return MySqlInstallation.find()
			.map((installation) -> Pair
				.start((directory) -> new Pair(directory, server(installation, directory.resolve("primary"), 1),
						server(installation, directory.resolve("mirror"), 2), false)));
	}

	private static MySqlServer server(MySqlInstallation installation, Path own, int id)
			throws IOException, InterruptedException {
		Files.createDirectories(own);
		FileSystemUtils.copyRecursively(installation.data(), own.resolve("data"));
		// contains the UUID of the server
		Files.deleteIfExists(own.resolve("data/auto.cnf"));
		Files.writeString(own.resolve("init.sql"), USERS);
		Installation.giveToServer(own);
		return new MySqlServer(installation, own, id, MariaDbPair.freePort());
	}

}
