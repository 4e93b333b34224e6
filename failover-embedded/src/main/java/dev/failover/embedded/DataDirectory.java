package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * The data directory of a server.
 *
 * @param path path of the directory
 * @param account the account that owns it
 */
record DataDirectory(Path path, ServerAccount account) {

	private static final String PARAMETERS = "failover.conf";

	private static final String STANDBY = "standby.signal";

	/**
	 * Create a database cluster in the directory.
	 * @param installation the installation of PostgreSQL
	 */
	void initialize(PostgresInstallation installation) throws IOException {
		Path password = this.path.resolveSibling("password");
		Path log = this.path.resolveSibling("initdb.log");
		Files.writeString(password, installation.superuser().password());
		this.account.own(password);
		if (installation.initdb(this.path, password).run(log) != 0) {
			throw new EmbeddedPostgresException("initdb failed:\n" + Files.readString(log));
		}
		Files.delete(password);
		Files.writeString(this.path.resolve("postgresql.conf"), "\ninclude_if_exists '" + PARAMETERS + "'\n",
				StandardOpenOption.APPEND);
	}

	/**
	 * Copy another data directory, whose server is not running, into this one.
	 * @param other the other directory
	 */
	void copyFrom(DataDirectory other) throws IOException {
		DirectoryTrees.copy(other.path, this.path, (file) -> true);
		this.account.own(this.path);
	}

	/**
	 * Replace the configuration parameters atomically. They take effect at the next start
	 * or reload.
	 * @param parameters the parameters
	 */
	void configure(Map<String, String> parameters) throws IOException {
		StringBuilder text = new StringBuilder();
		parameters.forEach((name, value) -> text.append(name)
			.append(" = '")
			.append(value.replace("\\", "\\\\").replace("'", "''"))
			.append("'\n"));
		Path fresh = this.path.resolve(PARAMETERS + ".new");
		Files.writeString(fresh, text);
		this.account.own(fresh);
		Files.move(fresh, this.path.resolve(PARAMETERS), StandardCopyOption.ATOMIC_MOVE);
	}

	/**
	 * Return whether the server runs or starts as a standby.
	 * @return whether it is a standby
	 */
	boolean isStandby() {
		return Files.exists(this.path.resolve(STANDBY));
	}

	/**
	 * Make the server start as a standby.
	 */
	void markStandby() throws IOException {
		Path signal = this.path.resolve(STANDBY);
		Files.writeString(signal, "");
		this.account.own(signal);
	}

	/**
	 * Return the control file.
	 * @return the control file, empty if the data are an incomplete copy
	 */
	Optional<ControlFile> controlFile() throws IOException {
		try {
			return Optional.of(ControlFile.read(this.path));
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Remove the lock file and the shared memory of a server that was killed. Must not be
	 * called while a process of the server is alive.
	 */
	void cleanUp() throws IOException {
		Optional<PidFile> file = PidFile.read(this.path);
		if (file.isPresent()) {
			SharedMemory.remove(file.get());
			Files.deleteIfExists(PidFile.in(this.path));
		}
	}

}
