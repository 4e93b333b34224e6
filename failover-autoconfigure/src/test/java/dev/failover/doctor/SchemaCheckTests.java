package dev.failover.doctor;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.failover.dialect.ServerFacts;
import dev.failover.doctor.SchemaHistory.Migration;

import static org.assertj.core.api.Assertions.assertThat;

class SchemaCheckTests {

	private final Check check = new SchemaCheck();

	@Test
	void aHistoryThatDiffersTwiceInARowIsFound() {
		Patient patient = new Patient();
		mirror(patient, Patient.history("2"));
		assertThat(patient.examinedBy(this.check)).isEmpty();
		mirror(patient, Patient.history("2"));
		Finding finding = patient.findingOf(this.check);
		assertThat(finding.id()).isEqualTo("schema-differs");
		assertThat(finding.node()).isEqualTo(Patient.MIRROR);
		assertThat(finding.problem()).contains("this node is at version 2 (rank 2), 'primary' at version 1 (rank 1)");
	}

	@Test
	void anotherChecksumIsFound() {
		SchemaHistory other = new SchemaHistory(List.of(new Migration(1, "1", "18", true)));
		assertThat(twice(other).findingOf(this.check).problem())
			.contains("both are at version 1 (rank 1) with other checksums");
	}

	@Test
	void aMirrorThatWasNeverMigratedIsFound() {
		assertThat(twice(new SchemaHistory(List.of())).findingOf(this.check).problem())
			.contains("this node is at no migration");
	}

	@Test
	void equalHistoriesAreWell() {
		assertThat(new Patient().examinedBy(this.check)).isEmpty();
	}

	@Test
	void whatWasFoundStandsWhileItCannotBeRead() {
		Finding before = twice(Patient.history("2")).findingOf(this.check);
		assertThat(twice(null).previous(before).examinedBy(this.check)).containsExactly(before);
		assertThat(new Patient().unvisited(Patient.PRIMARY).previous(before).examinedBy(this.check))
			.containsExactly(before);
	}

	private static Patient twice(@Nullable SchemaHistory history) {
		Patient patient = new Patient();
		mirror(patient, history);
		mirror(patient, history);
		return patient;
	}

	private static void mirror(Patient patient, @Nullable SchemaHistory history) {
		patient.visited(Patient.MIRROR, ServerFacts.NOTHING, history);
	}

}
