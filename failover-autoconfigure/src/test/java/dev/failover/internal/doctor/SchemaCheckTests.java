package dev.failover.internal.doctor;

import java.util.List;

import dev.failover.dialect.ServerFacts;
import dev.failover.internal.doctor.MigrationHistory.Migration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SchemaCheckTests {

	private final Check check = new SchemaCheck();

	@Test
	void aHistoryThatDiffersTwiceInARowIsFound() {
		CheckContextBuilder patient = new CheckContextBuilder();
		mirror(patient, CheckContextBuilder.history("2"));
		assertThat(patient.examinedBy(this.check)).isEmpty();
		mirror(patient, CheckContextBuilder.history("2"));
		Finding finding = patient.findingOf(this.check);
		assertThat(finding.id()).isEqualTo("schema-differs");
		assertThat(finding.node()).isEqualTo(CheckContextBuilder.MIRROR);
		assertThat(finding.problem()).contains("this node is at version 2 (rank 2), 'primary' at version 1 (rank 1)");
	}

	@Test
	void anotherChecksumIsFound() {
		MigrationHistory other = new MigrationHistory(List.of(new Migration(1, "1", "18", true)));
		assertThat(twice(other).findingOf(this.check).problem())
			.contains("both are at version 1 (rank 1) with other checksums");
	}

	@Test
	void aMirrorThatWasNeverMigratedIsFound() {
		assertThat(twice(new MigrationHistory(List.of())).findingOf(this.check).problem())
			.contains("this node is at no migration");
	}

	@Test
	void equalHistoriesAreWell() {
		assertThat(new CheckContextBuilder().examinedBy(this.check)).isEmpty();
	}

	@Test
	void whatWasFoundStandsWhileItCannotBeRead() {
		Finding before = twice(CheckContextBuilder.history("2")).findingOf(this.check);
		assertThat(twice(null).previous(before).examinedBy(this.check)).containsExactly(before);
		assertThat(new CheckContextBuilder().unvisited(CheckContextBuilder.PRIMARY)
			.previous(before)
			.examinedBy(this.check)).containsExactly(before);
	}

	private static CheckContextBuilder twice(@Nullable MigrationHistory history) {
		CheckContextBuilder patient = new CheckContextBuilder();
		mirror(patient, history);
		mirror(patient, history);
		return patient;
	}

	private static void mirror(CheckContextBuilder patient, @Nullable MigrationHistory history) {
		patient.visited(CheckContextBuilder.MIRROR, ServerFacts.NOTHING, history);
	}

}
