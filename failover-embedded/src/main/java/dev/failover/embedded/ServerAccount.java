package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The account under which the servers run: PostgreSQL refuses to run as root, and its
 * {@code initdb} refuses a user that the system has no name for.
 */
enum ServerAccount {

	/**
	 * This process's own.
	 */
	OWN(List.of()),

	/**
	 * This process's own in a new user namespace, in which it has no name and no
	 * privileges. To the outside, files and signals are as ever.
	 */
	UNMAPPED(List.of("unshare", "-U", "--")),

	/**
	 * The user {@code nobody}, for a root that may not create user namespaces.
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
				+ " works here. Install util-linux, or run this JVM as an ordinary user.");
	}

	static int uid(Path own) throws IOException {
		return (Integer) Files.getAttribute(own, "unix:uid");
	}

	private boolean works() {
		return command(List.of("true")).succeeds();
	}

	Command command(List<String> words) {
		List<String> all = new ArrayList<>(this.prefix);
		all.addAll(words);
		return new Command(all);
	}

	/**
	 * Say whether the account can run a program: directories above it may be closed.
	 */
	boolean canRun(Path program) {
		return command(List.of("test", "-x", program.toString())).succeeds();
	}

	/**
	 * Say whether directories have to be open to others for the servers to get through.
	 */
	boolean isForeign() {
		return this == NOBODY;
	}

	/**
	 * Hand a directory and everything in it over to the account.
	 */
	void own(Path directory) throws IOException {
		if (isForeign() && !Command.of("chown", "-R", NOBODY_OWNER, directory.toString()).succeeds()) {
			throw new IOException("Could not give " + directory + " to " + NOBODY_OWNER);
		}
	}

}
