package dev.failover.benchmarks.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

import org.jspecify.annotations.Nullable;

/**
 * Location and version of the library of a class.
 */
public final class Library {

	private Library() {
	}

	/**
	 * Returns the jar or directory that a class was loaded from.
	 */
	public static Path location(Class<?> type) {
		try {
			return Path.of(Objects.requireNonNull(type.getProtectionDomain().getCodeSource()).getLocation().toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException("Cannot find the jar of " + type, ex);
		}
	}

	/**
	 * Returns the version from the Maven properties of the jar, else from its manifest,
	 * else from its name.
	 */
	public static String version(Class<?> type) {
		Path place = location(type);
		String name = place.getFileName().toString();
		if (!name.endsWith(".jar")) {
			return "this build";
		}
		try (JarFile jar = new JarFile(place.toFile())) {
			String version = versionFromProperties(jar);
			version = (version != null) ? version : type.getPackage().getImplementationVersion();
			return (version != null) ? version : versionFromName(name);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read " + name, ex);
		}
	}

	/**
	 * Returns the version of pgjdbc, which is on the class path at run time only.
	 */
	public static String pgjdbcVersion() {
		try {
			return version(Class.forName("org.postgresql.Driver"));
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException("pgjdbc is not on the class path", ex);
		}
	}

	private static @Nullable String versionFromProperties(JarFile jar) throws IOException {
		List<JarEntry> entries = jar.stream()
			.filter((entry) -> entry.getName().matches("META-INF/maven/[^/]+/[^/]+/pom.properties"))
			.toList();
		if (entries.size() != 1) {
			return null;
		}
		try (InputStream in = jar.getInputStream(entries.get(0))) {
			Properties properties = new Properties();
			properties.load(in);
			return properties.getProperty("version");
		}
	}

	static String versionFromName(String jar) {
		return jar.replaceFirst("^.*?-(\\d.*)\\.jar$", "$1");
	}

}
