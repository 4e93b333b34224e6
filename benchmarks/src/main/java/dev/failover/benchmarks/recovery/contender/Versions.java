package dev.failover.benchmarks.recovery.contender;

import java.security.CodeSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Versions of libraries, from their manifests or the names of their files.
 */
final class Versions {

	private static final Pattern FILE = Pattern.compile("-([0-9][^/]*)\\.jar");

	private Versions() {
	}

	/**
	 * Version of pgjdbc, which is no dependency of the compiler's.
	 */
	static String pgjdbc() {
		try {
			return of(Class.forName("org.postgresql.Driver"));
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException("pgjdbc is not on the class path", ex);
		}
	}

	static String of(Class<?> type) {
		String version = type.getPackage().getImplementationVersion();
		if (version != null) {
			return version;
		}
		CodeSource source = type.getProtectionDomain().getCodeSource();
		Matcher matcher = FILE.matcher((source != null) ? source.getLocation().getPath() : "");
		return matcher.find() ? matcher.group(1) : "unknown";
	}

}
