package dev.failover.benchmarks.startup;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.failover.benchmarks.run.Library;
import dev.failover.embedded.EmbeddedPair;
import dev.failover.internal.routing.FailoverDataSource;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.core.EventConsumer;

/**
 * Runs a measurement in a JVM of its own, with the class path of a variant.
 */
final class ChildJvm {

	/** The embedded pair, which other benchmarks use: no part of an application. */
	private static final String EMBEDDED = Library.location(EmbeddedPair.class).toString();

	private static final String STARTER = Library.location(FailoverDataSource.class).toString();

	private static final List<String> BREAKERS = Stream.of(CircuitBreaker.class, EventConsumer.class)
		.map((type) -> Library.location(type).toString())
		.toList();

	/**
	 * The JVM collects garbage when the metadata first exceeds this size. The default is
	 * about the size of the smallest application, so that every addition to it would seem
	 * to cost a collection.
	 */
	private static final String METADATA = "-XX:MetaspaceSize=128m";

	private ChildJvm() {
	}

	/**
	 * Returns the numbers that the child reports.
	 * @throws IOException if the child fails
	 */
	static List<Double> run(Measurement measurement, Variant variant) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx512m", METADATA, "-cp", classPath(variant), ChildMain.class.getName(), measurement.name(),
				variant.name())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (process.waitFor() != 0) {
			throw new IOException(measurement + " failed, " + variant.label() + ": " + output);
		}
		return ChildOutput.parse(output);
	}

	private static String classPath(Variant variant) {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.equals(EMBEDDED))
			.filter((entry) -> variant.hasStarter() || !entry.equals(STARTER))
			.filter((entry) -> variant != Variant.PLAIN || !BREAKERS.contains(entry))
			.collect(Collectors.joining(File.pathSeparator));
	}

	/**
	 * A measurement of {@link ChildMain}.
	 */
	enum Measurement {

		START, MEMORY

	}

}
