package dev.failover.benchmarks.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

import org.jspecify.annotations.Nullable;

/**
 * Reads versions where builds leave them: in the jar of a class.
 */
public final class Versions {

	private Versions() {
	}

	/**
	 * Version of the library that a class is of: from the properties that Maven leaves in
	 * its jar, from its manifest, or from the name of the jar.
	 */
	public static String of(Class<?> type) {
		Path place = Locations.of(type);
		String name = place.getFileName().toString();
		if (!name.endsWith(".jar")) {
			return "this build";
		}
		try (JarFile jar = new JarFile(place.toFile())) {
			String version = fromProperties(jar);
			version = (version != null) ? version : type.getPackage().getImplementationVersion();
			return (version != null) ? version : fromName(name);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read " + name, ex);
		}
	}

	/**
	 * Version of pgjdbc, which is no dependency of the compiler's.
	 */
	public static String pgjdbc() {
		try {
			return of(Class.forName("org.postgresql.Driver"));
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException("pgjdbc is not on the class path", ex);
		}
	}

	private static @Nullable String fromProperties(JarFile jar) throws IOException {
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

	static String fromName(String jar) {
		return jar.replaceFirst("^.*?-(\\d.*)\\.jar$", "$1");
	}

}
