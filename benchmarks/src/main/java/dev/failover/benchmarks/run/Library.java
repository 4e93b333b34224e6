package dev.failover.benchmarks.run;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

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
	 * Returns the version of a library, from the name of its jar.
	 */
	public static String version(Class<?> type) {
		String name = location(type).getFileName().toString();
		return name.endsWith(".jar") ? name.replaceFirst("^.*?-(\\d.*)\\.jar$", "$1") : "this build";
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

}
