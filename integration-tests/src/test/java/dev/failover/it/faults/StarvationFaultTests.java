package dev.failover.it.faults;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import dev.failover.embedded.EmbeddedPair;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of an application that hardly gets a processor, from its first class loaded on:
 * no node is lost, so the route does not change.
 */
class StarvationFaultTests {

	/** Duration after the start. The whole trial takes 300 s. */
	private static final int SECONDS = Integer.getInteger("starvation.seconds", 30);

	private static final int MOST_MINUTES = 15;

	@ParameterizedTest
	@ValueSource(ints = { 5, 20 })
	void theRouteStaysWhileTheApplicationHardlyGetsAProcessor(int percent) throws Exception {
		try (EmbeddedPair pair = EmbeddedPair.start()) {
			assertThat(run(pair, percent, SECONDS)).isZero();
		}
	}

	private static int run(EmbeddedPair pair, int percent, int seconds) throws Exception {
		Process application = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx256m", "-cp", System.getProperty("java.class.path"), StarvedApplication.class.getName(),
				pair.primary().jdbcUrl(), pair.mirror().jdbcUrl(), pair.username(), pair.password(),
				Integer.toString(seconds))
			.inheritIO()
			.start();
		ProcessorLimit limit = ProcessorLimit.of(application, percent);
		try {
			assertThat(application.waitFor(MOST_MINUTES, TimeUnit.MINUTES)).as("ended in time").isTrue();
			return application.exitValue();
		}
		finally {
			limit.close();
			application.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
		}
	}

}
