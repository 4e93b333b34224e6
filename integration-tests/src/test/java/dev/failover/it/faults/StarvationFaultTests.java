package dev.failover.it.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.failover.embedded.EmbeddedPair;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests of an application that hardly gets a processor, from its first class loaded on:
 * no node is lost, so the route does not change.
 */
class StarvationFaultTests {

	private static final int MOST_MINUTES = 15;

	@ParameterizedTest
	@CsvSource({ "5, 60", "20, 30" })
	void theRouteStaysWhileTheApplicationHardlyGetsAProcessor(int percent, int seconds) throws Exception {
		Optional<ProcessorQuota> created = ProcessorQuota.create(percent);
		assumeThat(created).as("control groups can be created").isPresent();
		try (ProcessorQuota quota = created.orElseThrow(); EmbeddedPair pair = EmbeddedPair.start()) {
			assertThat(run(quota, pair, seconds)).isZero();
		}
	}

	private static int run(ProcessorQuota quota, EmbeddedPair pair, int seconds) throws Exception {
		List<String> command = new ArrayList<>(quota.enter());
		command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-cp",
				System.getProperty("java.class.path"), StarvedApplication.class.getName(), pair.primary().jdbcUrl(),
				pair.mirror().jdbcUrl(), pair.username(), pair.password(), Integer.toString(seconds)));
		Process application = new ProcessBuilder(command).inheritIO().start();
		try {
			assertThat(application.waitFor(MOST_MINUTES, TimeUnit.MINUTES)).as("ended in time").isTrue();
			return application.exitValue();
		}
		finally {
			application.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
		}
	}

}
