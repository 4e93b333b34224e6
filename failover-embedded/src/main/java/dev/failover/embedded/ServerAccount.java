package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The account under which the servers run. PostgreSQL refuses to run as root, and its
 * {@code initdb} refuses a user without a name.
 */
enum ServerAccount {

	/**
	 * The account of this process.
	 */
	OWN(List.of()),

	/**
	 * The account of this process in a new user namespace, where it has no name and no
	 * privileges. Outside the namespace, files and signals are not affected.
	 */
	UNMAPPED(List.of("unshare", "-U", "--")),

	/**
	 * The user {@code nobody}, for a process that runs as root and may not create user
	 * namespaces.
	 */
	NOBODY(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"));

	private static final String NOBODY_OWNER = "65534:65534";

	private final List<String> prefix;

	ServerAccount(List<String> prefix) {
		this.prefix = prefix;
	}

	/**
	 * Choose the account.
	 * @param own a path that this process has created
	 * @return the account
	 */
	static ServerAccount choose(Path own) throws IOException {
		int uid = uid(own);
		boolean named = !Files.getOwner(own).getName().equals(Integer.toString(uid));
		if (uid != 0 && named) {
			return OWN;
		}
		if (UNMAPPED.works()) {
			return UNMAPPED;
		}
		if (uid != 0) {
			return OWN;
		}
		if (NOBODY.works()) {
			return NOBODY;
		}
		throw new EmbeddedPostgresException("PostgreSQL does not run as root, and neither 'unshare -U' nor 'setpriv'"
				+ " works here. Install util-linux or run this JVM as an ordinary user.");
	}

	static int uid(Path own) throws IOException {
		return (Integer) Files.getAttribute(own, "unix:uid");
	}

	private boolean works() {
		return command(List.of("true")).succeeds();
	}

	SystemCommand command(List<String> words) {
		List<String> all = new ArrayList<>(this.prefix);
		all.addAll(words);
		return new SystemCommand(all);
	}

	/**
	 * Return whether the account can run a program. It cannot where a directory above the
	 * program is closed to it.
	 * @param program the program
	 * @return whether it can be run
	 */
	boolean canRun(Path program) {
		return command(List.of("test", "-x", program.toString())).succeeds();
	}

	/**
	 * Return whether this is the account of another user, so that directories above the
	 * servers' files must be open to others.
	 * @return whether it is another user's
	 */
	boolean isForeign() {
		return this == NOBODY;
	}

	/**
	 * Make the account the owner of a file, or of a directory and everything in it.
	 * @param path the file or directory
	 */
	void own(Path path) throws IOException {
		if (isForeign() && !SystemCommand.of("chown", "-R", NOBODY_OWNER, path.toString()).succeeds()) {
			throw new IOException("Could not change the owner of " + path + " to " + NOBODY_OWNER);
		}
	}

}
