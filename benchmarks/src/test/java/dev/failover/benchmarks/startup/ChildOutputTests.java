package dev.failover.benchmarks.startup;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class ChildOutputTests {

	@Test
	void numbersAreFoundAmongOtherLines() {
		assertThat(ChildOutput.parse("a warning\nresult:1.5\nanother: 7\nresult:2.0\n")).containsExactly(1.5, 2.0);
	}

}
