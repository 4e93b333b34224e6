package dev.failover.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The installation of PostgreSQL that the servers of a pair share.
 *
 * @param directory the pair's directory
 * @param binaries PostgreSQL's programs
 * @param account the account under which the servers run
 * @param superuser the superuser of all servers
 * @param settings the user's own settings of the servers
 */
record PostgresInstallation(Path directory, Binaries binaries, ServerAccount account, Superuser superuser,
		PairSettings.ServerSettings settings) {

	private static final String SCRIPT = "supervise.sh";

	/**
	 * Prepare an installation.
	 * @param directory the pair's directory
	 * @param archive the archive of PostgreSQL's programs
	 * @param settings the settings of the pair
	 * @return the installation
	 */
	static PostgresInstallation prepare(WorkDirectory directory, BinariesArchive archive, PairSettings settings)
			throws IOException {
		Path path = directory.path();
		ServerAccount account = ServerAccount.choose(path);
		if (account.isForeign()) {
			directory.allowTraversal();
		}
		Binaries binaries = Binaries.locate(archive, account, path);
		Superuser superuser = new Superuser(settings.database().name(), UUID.randomUUID().toString());
		PostgresInstallation installation = new PostgresInstallation(path, binaries, account, superuser,
				settings.server());
		installation.writeScript();
		return installation;
	}

	private void writeScript() throws IOException {
		try (InputStream in = PostgresInstallation.class.getResourceAsStream(SCRIPT)) {
			if (in == null) {
				throw new IOException("The class path has no " + SCRIPT);
			}
			Files.copy(in, script());
		}
	}

	/**
	 * Return the shell script that runs a server.
	 * @return the script
	 */
	Path script() {
		return this.directory.resolve(SCRIPT);
	}

	/**
	 * Return the command that creates a database cluster.
	 * @param data the data directory
	 * @param passwordFile a file with the superuser's password
	 * @return the command
	 */
	SystemCommand initdb(Path data, Path passwordFile) {
		List<String> words = new ArrayList<>(List.of(this.binaries.program("initdb").toString(), "-D", data.toString(),
				"-U", Superuser.NAME, "--pwfile=" + passwordFile, "--auth=scram-sha-256", "--encoding=UTF8",
				"--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--wal-segsize=1", "--no-sync",
				"--no-instructions"));
		words.addAll(ServerParameters.initdbOptions(this.settings.parameters()));
		return this.account.command(words);
	}

	/**
	 * Return the command that runs the server of a node. It sets the node's environment
	 * variables with {@code env}, so that they affect neither the shell that runs the
	 * server nor the program that changes the account.
	 * @param node name of the node
	 * @param data the data directory
	 * @return the command
	 */
	SystemCommand postgres(String node, Path data) {
		List<String> words = new ArrayList<>();
		Map<String, String> variables = this.settings.environments().getOrDefault(node, Map.of());
		if (!variables.isEmpty()) {
			words.add("env");
			variables.forEach((name, value) -> words.add(name + "=" + value));
		}
		words.addAll(List.of(this.binaries.program("postgres").toString(), "-D", data.toString()));
		return this.account.command(words);
	}

}
