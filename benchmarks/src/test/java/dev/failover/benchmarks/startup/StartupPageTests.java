package dev.failover.benchmarks.startup;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.failover.benchmarks.run.Machine;
import dev.failover.benchmarks.run.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class StartupPageTests {

	@Test
	void whatIsAddedIsTheMedianOfTheDifferencesWithinRounds() {
		StartupResults results = new StartupResults(Instant.EPOCH, new Machine(null, 2, 1024, "os", "jvm", -1),
				Size.FULL, new StartupPlan(3, 1), Map.of("Failover", "1"), result(Build.PLAIN, 400, 410, 900, 1000),
				null, null, result(Build.STARTER, 440, 500, 430, 1250));
		assertThat(new StartupPage(results).render())
			.contains("| context ready, ms | 410 (400–900) | 440 (430–500) | 40 (-470–90) |")
			.contains("| heap, kB | 1,000 (1,000–1,000) | 1,250 (1,250–1,250) | 250 (250–250) |")
			.contains("The starter adds 40 (-470–90) ms");
	}

	@Test
	void numbersAreReadOutOfAnyOutput() {
		assertThat(Told.in("a warning\ntold:1.5\nanother: 7\ntold:2.0\n")).containsExactly(1.5, 2.0);
	}

	private static BuildResult result(Build build, double first, double second, double third, double heap) {
		return new BuildResult(build,
				List.of(new Start(first, 1, 1, 1), new Start(second, 1, 1, 1), new Start(third, 1, 1, 1)),
				List.of(new Memory(heap, 2)));
	}

}
