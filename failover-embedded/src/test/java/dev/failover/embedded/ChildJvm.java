package dev.failover.embedded;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.awaitility.Awaitility;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * Another JVM with a pair, under any account, which can be killed.
 */
final class ChildJvm implements AutoCloseable {

	private final Process process;

	private final Path temporary;

	private ChildJvm(Process process, Path temporary) {
		this.process = process;
		this.temporary = temporary;
	}

	/**
	 * Start a JVM.
	 * @param prefix words of a command that runs another command, empty for none
	 * @param directory directory for all files of the JVM, whose subdirectory
	 * {@code home}, if it exists, is its user's home
	 * @param arguments further arguments of {@link #main(String[])}
	 */
	static ChildJvm start(List<String> prefix, Path directory, String... arguments) throws Exception {
		Path temporary = Files.createDirectories(directory.resolve("tmp"));
		Path home = directory.resolve("home");
		List<String> words = new ArrayList<>(prefix);
		words.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
				"-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + temporary));
		if (Files.exists(home)) {
			words.add("-Duser.home=" + home);
		}
		words.addAll(List.of("-cp", classPath(directory.resolve("lib")), ChildJvm.class.getName(),
				directory.resolve("ready").toString()));
		words.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true)
			.redirectOutput(directory.resolve("child.log").toFile())
			.directory(directory.toFile());
		builder.environment().remove("XDG_CACHE_HOME");
		builder.environment().put("PGPORT", "1");
		builder.environment().put("PGDATA", "/nowhere");
		return new ChildJvm(builder.start(), temporary);
	}

	/**
	 * Copy the class path of the JVM to a directory that every account can read.
	 */
	private static String classPath(Path lib) throws Exception {
		Files.createDirectories(lib);
		List<String> entries = new ArrayList<>();
		for (Class<?> type : List.of(EmbeddedPair.class, ChildJvm.class, org.postgresql.Driver.class,
				LoggerFactory.class, ArchiveInputStream.class, XZInputStream.class, org.apache.commons.io.IOUtils.class,
				org.apache.commons.lang3.StringUtils.class)) {
			entries.add(copied(location(type), lib));
		}
		URL archive = BinariesArchive.find().url();
		Path jar = Path.of(((JarURLConnection) archive.openConnection()).getJarFileURL().toURI());
		entries.add(copied(jar, lib));
		return String.join(":", entries);
	}

	private static Path location(Class<?> type) throws URISyntaxException {
		return Path.of(Objects.requireNonNull(type.getProtectionDomain().getCodeSource()).getLocation().toURI());
	}

	private static String copied(Path entry, Path lib) throws IOException {
		Path target = lib.resolve(Integer.toHexString(entry.hashCode()) + "-" + entry.getFileName());
		if (Files.exists(target)) {
			return target.toString();
		}
		if (Files.isDirectory(entry)) {
			DirectoryTrees.copy(entry, target, (file) -> true);
			SystemCommand.of("chmod", "-R", "a+rX", target.toString()).succeeds();
		}
		else {
			Files.copy(entry, target);
		}
		return target.toString();
	}

	/**
	 * Wait until the pair runs.
	 * @return the directory of the pair
	 */
	Path awaitPair() throws IOException {
		Path ready = Objects.requireNonNull(this.temporary.getParent()).resolve("ready");
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> Files.exists(ready) || !this.process.isAlive());
		if (!Files.exists(ready)) {
			throw new IOException(Files.readString(ready.resolveSibling("child.log")));
		}
		return Path.of(Files.readString(ready)).resolve("../..").normalize();
	}

	/**
	 * Kill the JVM ({@code SIGKILL}).
	 */
	void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	/**
	 * Let the JVM exit.
	 */
	void exit() throws IOException, InterruptedException {
		this.process.getOutputStream().close();
		this.process.waitFor();
	}

	Path temporary() {
		return this.temporary;
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

	/**
	 * Start a pair and wait until standard input ends.
	 * @param arguments a file that receives the path of the primary's data directory when
	 * the pair runs, and {@code freeze} to freeze the mirror
	 */
	public static void main(String[] arguments) throws Exception {
		EmbeddedPair pair = EmbeddedPair.start();
		if (arguments.length > 1) {
			pair.mirror().freeze();
		}
		Path ready = Path.of(arguments[0]);
		Path fresh = ready.resolveSibling("ready.new");
		Files.writeString(fresh, new NodeClient(pair, pair.primary()).dataDirectory().toString());
		Files.move(fresh, ready);
		while (System.in.read() >= 0) {
			Thread.onSpinWait();
		}
	}

}
