package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The directory that keeps PostgreSQL's programs between runs. No other user may write to
 * it, because its contents are executed.
 */
final class CacheDirectory {

	private static final String NAME = "failover-embedded";

	private CacheDirectory() {
	}

	/**
	 * Return the directories to try, in this order: in the user's cache directory, then
	 * in the temporary directory.
	 * @param account the account that runs the programs
	 * @param uid id of this process's user
	 * @return the directories
	 */
	static List<Path> candidates(ServerAccount account, int uid) {
		List<Path> candidates = new ArrayList<>();
		addAbsolute(candidates, System.getenv("XDG_CACHE_HOME"), "");
		addAbsolute(candidates, System.getProperty("user.home"), ".cache");
		String suffix = "-" + uid + (account.isForeign() ? "-open" : "");
		candidates.add(Path.of(System.getProperty("java.io.tmpdir")).resolve(NAME + "-cache" + suffix));
		return candidates;
	}

	private static void addAbsolute(List<Path> candidates, @Nullable String home, String folder) {
		if (home != null && !home.isEmpty() && Path.of(home).isAbsolute() && Files.isDirectory(Path.of(home))) {
			candidates.add(Path.of(home).resolve(folder).resolve(NAME));
		}
	}

	/**
	 * Create the directory, or check that only this user can write to it.
	 * @param cache the directory
	 * @param account the account that runs the programs
	 * @param uid id of this process's user
	 * @throws IOException if another user owns the directory or can write to it
	 */
	static void prepare(Path cache, ServerAccount account, int uid) throws IOException {
		Set<PosixFilePermission> permissions = PosixFilePermissions
			.fromString(account.isForeign() ? "rwx--x--x" : "rwx------");
		if (!Files.exists(cache, LinkOption.NOFOLLOW_LINKS)) {
			Files.createDirectories(cache, PosixFilePermissions.asFileAttribute(permissions));
		}
		Set<PosixFilePermission> found = Files.getPosixFilePermissions(cache, LinkOption.NOFOLLOW_LINKS);
		boolean owned = Files.isDirectory(cache, LinkOption.NOFOLLOW_LINKS) && ServerAccount.uid(cache) == uid;
		if (!owned || found.contains(PosixFilePermission.GROUP_WRITE)
				|| found.contains(PosixFilePermission.OTHERS_WRITE)) {
			throw new IOException(cache + " belongs to another user or is writable for others");
		}
	}

}
