package dev.failover.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The data directory of a server.
 *
 * @param path where it is
 * @param account the account that owns it
 */
record DataDirectory(Path path, ServerAccount account) {

	private static final String SETTINGS = "failover.conf";

	private static final String STANDBY = "standby.signal";

	/**
	 * Create a new cluster in it.
	 */
	void initialize(Installation installation) throws IOException {
		Path password = this.path.resolveSibling("password");
		Path log = this.path.resolveSibling("initdb.log");
		Files.writeString(password, installation.superuser().password());
		this.account.own(password);
		List<String> words = new ArrayList<>(List.of(installation.binaries().program("initdb").toString(), "-D",
				this.path.toString(), "-U", Superuser.NAME, "--pwfile=" + password, "--auth=scram-sha-256",
				"--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C",
				"--wal-segsize=1", "--no-sync", "--no-instructions"));
		words.addAll(ServerSettings.initial(installation.settings()));
		if (this.account.command(words).run(log) != 0) {
			throw new EmbeddedPostgresException("initdb failed:\n" + Files.readString(log));
		}
		Files.delete(password);
		Files.writeString(this.path.resolve("postgresql.conf"), "\ninclude_if_exists '" + SETTINGS + "'\n",
				StandardOpenOption.APPEND);
	}

	/**
	 * Copy a cluster that has never been started, or was shut down, into this one.
	 */
	void copyOf(DataDirectory other) throws IOException {
		Trees.copy(other.path, this.path, (file) -> true);
		this.account.own(this.path);
	}

	/**
	 * Replace the settings. They take effect at the next start or reload, and appear
	 * whole or not at all.
	 */
	void configure(Map<String, String> settings) throws IOException {
		StringBuilder text = new StringBuilder();
		settings.forEach((name, value) -> text.append(name)
			.append(" = '")
			.append(value.replace("\\", "\\\\").replace("'", "''"))
			.append("'\n"));
		Path fresh = this.path.resolve(SETTINGS + ".new");
		Files.writeString(fresh, text);
		this.account.own(fresh);
		Files.move(fresh, this.path.resolve(SETTINGS), StandardCopyOption.ATOMIC_MOVE);
	}

	/**
	 * Say whether the server is, or will start as, a standby.
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
	 * Return what the control file says, empty if there is none: a copy was broken off.
	 */
	Optional<ControlFile> control() throws IOException {
		try {
			return Optional.of(ControlFile.read(this.path));
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Remove what a server that ended without cleaning up has left. Call it only when no
	 * process of the server is alive.
	 */
	void tidy() throws IOException {
		Optional<PidFile> left = PidFile.read(this.path);
		if (left.isPresent()) {
			SharedMemory.release(left.get());
			Files.deleteIfExists(PidFile.in(this.path));
		}
	}

}
