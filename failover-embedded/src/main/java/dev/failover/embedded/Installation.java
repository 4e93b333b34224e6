package dev.failover.embedded;

import java.nio.file.Path;
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
 * @param script the script that supervises a server
 */
record Installation(Path directory, Binaries binaries, ServerAccount account, Superuser superuser,
		Map<String, String> settings, Path script) {

	Installation {
		settings = Map.copyOf(settings);
	}

	/**
	 * Return the command that runs a server.
	 */
	Command postgres(Path data) {
		return this.account.command(List.of(this.binaries.program("postgres").toString(), "-D", data.toString()));
	}

}
