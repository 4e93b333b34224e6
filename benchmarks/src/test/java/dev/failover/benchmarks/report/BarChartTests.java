package dev.failover.benchmarks.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

final class BarChartTests {

	@Test
	void barsThatDifferMuchGetALogarithmicScaleThatBeginsBelowThem() {
		BarChart chart = chart(0.16, 53);
		assertThat(chart.logarithmic()).isTrue();
		assertThat(chart.decadeBelow()).isEqualTo(0.1);
	}

	@Test
	void barsThatAreAlikeDoNot() {
		assertThat(chart(1, 1.5).logarithmic()).isFalse();
	}

	@Test
	void aChartIsWrittenAsSvg(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("chart.svg");
		chart(0.16, 53).write(file);
		assertThat(file).content().contains("<svg");
	}

	private static BarChart chart(double first, double second) {
		return new BarChart("title", "ns", List.of("first", "second"), Map.of("1 thread", List.of(first, second)));
	}

}
