package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The unpacked programs of PostgreSQL.
 *
 * @param home the directory that contains {@code bin} and {@code lib}
 */
record Binaries(Path home) {

	private static final String PROGRAM = "postgres";

	/**
	 * Return the programs from the cache directory. Unpacks them on the first use.
	 * @param archive the archive of the programs
	 * @param account the account that runs them
	 * @param own a path that this process has created, whose owner is its user
	 * @return the programs
	 */
	static synchronized Binaries locate(BinariesArchive archive, ServerAccount account, Path own) throws IOException {
		List<Path> caches = CacheDirectory.candidates(account, ServerAccount.uid(own));
		IOException failure = new IOException(
				"No cache directory is usable for PostgreSQL's programs, tried " + caches);
		for (Path cache : caches) {
			try {
				CacheDirectory.prepare(cache, account, ServerAccount.uid(own));
				Binaries binaries = new Binaries(unpacked(archive, cache));
				if (account.canRun(binaries.program(PROGRAM))) {
					return binaries;
				}
			}
			catch (IOException ex) {
				failure.addSuppressed(ex);
			}
		}
		throw failure;
	}

	private static Path unpacked(BinariesArchive archive, Path cache) throws IOException {
		Path home = cache.resolve(archive.key());
		if (!Files.isExecutable(new Binaries(home).program(PROGRAM))) {
			if (Files.exists(home)) {
				DirectoryTrees.delete(home);
			}
			archive.unpack(home);
		}
		return home;
	}

	Path program(String name) {
		return this.home.resolve("bin").resolve(name);
	}

}
