package dev.failover.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Programs of this machine. Those that refuse to run as root run as the user
 * {@code nobody} then.
 */
final class Programs {

	private static final Path POSTGRES = Path.of("/usr/lib/postgresql");

	/** Is installed with the server only, and not linked to from elsewhere. */
	static final String SERVER_PROGRAM = "pg_controldata";

	private static final String NOBODY = "65534";

	private Programs() {
	}

	/**
	 * Skips the test unless this machine has all programs, and says which ones it lacks.
	 */
	static void assumeInstalled(String... names) {
		List<String> missing = Arrays.stream(names).filter((name) -> find(name).isEmpty()).toList();
		assumeTrue(missing.isEmpty(), () -> "not installed: " + missing);
	}

	/**
	 * Returns the directory with PostgreSQL's programs of the newest installed version.
	 */
	static Path postgres() {
		return find(SERVER_PROGRAM).orElseThrow().getParent();
	}

	private static Optional<Path> find(String name) {
		return directories().map((directory) -> directory.resolve(name)).filter(Files::isExecutable).findFirst();
	}

	private static Stream<Path> directories() {
		Stream<Path> path = Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(Path::of);
		return Stream.of(path, Stream.of(Path.of("/usr/sbin")), postgresDirectories()).flatMap((all) -> all);
	}

	private static Stream<Path> postgresDirectories() {
		if (!Files.isDirectory(POSTGRES)) {
			return Stream.of();
		}
		try (Stream<Path> versions = Files.list(POSTGRES)) {
			return versions.sorted(Comparator.comparing(Programs::version).reversed())
				.map((version) -> version.resolve("bin"))
				.toList()
				.stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static double version(Path directory) {
		String name = directory.getFileName().toString();
		return name.matches("\\d+(\\.\\d+)?") ? Double.parseDouble(name) : 0;
	}

	/**
	 * Returns the command that runs a program as an ordinary user.
	 */
	static List<String> command(String name, String... options) {
		List<String> words = new ArrayList<>();
		if (isRoot()) {
			words.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
		}
		words.add(find(name).orElseThrow().toString());
		words.addAll(List.of(options));
		return words;
	}

	/**
	 * Creates an empty directory that belongs to the user of the programs.
	 */
	static Path createDirectory(Path directory) {
		try {
			Files.createDirectory(directory);
			give(directory);
			return directory;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Makes a file or directory that of the user of the programs.
	 */
	static void give(Path path) {
		if (isRoot()) {
			Processes.run("chown", NOBODY + ":" + NOBODY, path.toString());
		}
	}

	private static boolean isRoot() {
		return "root".equals(System.getProperty("user.name"));
	}

}
