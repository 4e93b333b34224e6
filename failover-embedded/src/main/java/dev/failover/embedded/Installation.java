package dev.failover.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the servers of a pair share.
 *
 * @param directory the pair's directory
 * @param binaries PostgreSQL's programs
 * @param account the account under which servers run
 * @param superuser the superuser
 * @param settings the user's own settings
 * @param environments variables of each node's server processes, by its name
 * @param script the script that supervises a server
 */
record Installation(Path directory, Binaries binaries, ServerAccount account, Superuser superuser,
		Map<String, String> settings, Map<String, Map<String, String>> environments, Path script) {

	Installation {
		settings = Map.copyOf(settings);
		environments = Map.copyOf(environments);
	}

	/**
	 * Return the command that runs the server of a node. Its variables are set by
	 * {@code env}, so that they reach neither the shell that supervises it nor what
	 * changes the account.
	 */
	Command postgres(String node, Path data) {
		List<String> words = new ArrayList<>();
		Map<String, String> variables = this.environments.getOrDefault(node, Map.of());
		if (!variables.isEmpty()) {
			words.add("env");
			variables.forEach((name, value) -> words.add(name + "=" + value));
		}
		words.addAll(List.of(this.binaries.program("postgres").toString(), "-D", data.toString()));
		return this.account.command(words);
	}

}
