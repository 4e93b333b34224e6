package dev.failover.benchmarks.startup;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.failover.benchmarks.run.Locations;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.internal.routing.FailoverDataSource;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.core.EventConsumer;

/**
 * Runs a class in a JVM of its own, with the class path of an application that has the
 * starter, or has never heard of it.
 */
final class ChildJvm {

	/** The pairs of other benchmarks: no part of an application. */
	private static final String EMBEDDED = Locations.of(EmbeddedPair.class).toString();

	private static final String STARTER = Locations.of(FailoverDataSource.class).toString();

	private static final List<String> BREAKERS = Stream.of(CircuitBreaker.class, EventConsumer.class)
		.map((type) -> Locations.of(type).toString())
		.toList();

	/**
	 * The JVM collects garbage when so much metadata is there for the first time. By
	 * default that is as much as the smallest application has when it is ready, so that
	 * anything that is added to it seems to cost a collection.
	 */
	private static final String METADATA = "-XX:MetaspaceSize=128m";

	private ChildJvm() {
	}

	/**
	 * The numbers that the child tells, in order.
	 * @throws IOException if it fails
	 */
	static List<Double> run(Class<?> main, Build build) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx512m", METADATA, "-cp", classPath(build), main.getName(), build.name())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (process.waitFor() != 0) {
			throw new IOException(main.getSimpleName() + " failed, " + build.label() + ": " + output);
		}
		return Told.in(output);
	}

	private static String classPath(Build build) {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.equals(EMBEDDED))
			.filter((entry) -> build.hasStarter() || !entry.equals(STARTER))
			.filter((entry) -> build != Build.PLAIN || !BREAKERS.contains(entry))
			.collect(Collectors.joining(File.pathSeparator));
	}

}
