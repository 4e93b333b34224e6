package dev.failover.benchmarks.run;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Finds the jar or directory that a class was loaded from.
 */
public final class Locations {

	private Locations() {
	}

	public static Path of(Class<?> type) {
		try {
			return Path.of(Objects.requireNonNull(type.getProtectionDomain().getCodeSource()).getLocation().toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException("Cannot find " + type, ex);
		}
	}

}
