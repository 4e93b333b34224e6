package dev.failover.benchmarks.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

final class RawResultsTests {

	@Test
	void eachSampleIsOnALineOfItsOwn(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("new/results.json");
		RawResults.write(file, new Results(2, new Sample("p", List.of(1.0)),
				List.of(new Sample("a", List.of(1.5, 2.5)), new Sample("b", List.of()))));
		assertThat(file).content().isEqualTo("""
				{
				  "threads": 2,
				  "plan": {"name":"p","nanos":[1.0]},
				  "samples": [
				    {"name":"a","nanos":[1.5,2.5]},
				    {"name":"b","nanos":[]}
				  ]
				}
				""");
	}

	record Results(int threads, Sample plan, List<Sample> samples) {

	}

	record Sample(String name, List<Double> nanos) {

	}

}
