package dev.failover.it.faults;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link FaultTable} and {@link FaultRow}.
 */
class FaultTableTests {

	@Test
	void aRowCanBeReadFromItsJson() {
		FaultRow row = row();
		assertThat(FaultRow.fromJson(row.toJson()).toJson()).isEqualTo(row.toJson());
	}

	@Test
	void theTableShowsTimesAndCountsByGroup() {
		assertThat(FaultTable.render(List.of(row()))).contains("## Network")
			.contains("| cut | 1.50 s (1.20 s) | 12 ms | – | 3 | 4 | 0 | 0 | 2 | 2.00 s |")
			.doesNotContain("## Role");
	}

	@Test
	void theTableShowsTheReasonWhyARowCannotRun() {
		assertThat(FaultTable.render(List.of(FaultRow.cannotRun(FaultGroup.PEOPLE, "certificate", "no keytool"))))
			.contains("| certificate | cannot run: no keytool |");
	}

	private static FaultRow row() {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put(FaultRow.DETECTED, FaultRow.millis(Duration.ofMillis(1500)));
		values.put(FaultRow.SIGNAL, FaultRow.millis(Duration.ofMillis(1200)));
		values.put(FaultRow.READS, FaultRow.millis(Duration.ofMillis(12)));
		values.put(FaultRow.WRITES, FaultRow.millis(null));
		values.put(FaultRow.FAILED, 3);
		values.put(FaultRow.HELD, 4);
		values.put(FaultRow.LOST, 0);
		values.put(FaultRow.DUPLICATED, 0);
		values.put(FaultRow.CHANGES, 2);
		values.put(FaultRow.LONGEST, FaultRow.millis(Duration.ofSeconds(2)));
		return new FaultRow(FaultGroup.NETWORK, "cut", "", values);
	}

}
