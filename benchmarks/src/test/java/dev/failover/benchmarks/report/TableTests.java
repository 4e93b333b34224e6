package dev.failover.benchmarks.report;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

final class TableTests {

	@Test
	void numbersStandToTheRight() {
		Table table = new Table(List.of("who", "ns"), List.of(List.of("a|b", "1"), List.of("c", "2")));
		assertThat(table.render()).isEqualTo("""
				| who | ns |
				| --- | ---: |
				| a\\|b | 1 |
				| c | 2 |
				""");
	}

	@Test
	void aRowThatLacksACellIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Table(List.of("who", "ns"), List.of(List.of("only one"))))
			.withMessageContaining("2 cells");
	}

}
