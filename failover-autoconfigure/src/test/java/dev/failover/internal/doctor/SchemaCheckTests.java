package dev.failover.internal.doctor;

import java.util.List;

import dev.failover.dialect.Dialect.ServerFacts;
import dev.failover.internal.doctor.MigrationHistory.Migration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SchemaCheck}.
 */
class SchemaCheckTests {

	private final Check check = new SchemaCheck();

	@Test
	void findsAHistoryThatDiffersTwiceInARow() {
		CheckContextBuilder context = new CheckContextBuilder();
		mirror(context, CheckContextBuilder.history("2"));
		assertThat(context.findingsOf(this.check)).isEmpty();
		mirror(context, CheckContextBuilder.history("2"));
		Finding finding = context.findingOf(this.check);
		assertThat(finding.id()).isEqualTo("schema-differs");
		assertThat(finding.node()).isEqualTo(CheckContextBuilder.MIRROR);
		assertThat(finding.problem()).contains("this node is at version 2 (rank 2), 'primary' at version 1 (rank 1)");
	}

	@Test
	void findsAnotherChecksum() {
		MigrationHistory other = new MigrationHistory(List.of(new Migration(1, "1", "18", true)));
		assertThat(twice(other).findingOf(this.check).problem())
			.contains("both are at version 1 (rank 1) with other checksums");
	}

	@Test
	void findsAMirrorThatWasNeverMigrated() {
		assertThat(twice(new MigrationHistory(List.of())).findingOf(this.check).problem())
			.contains("this node is at no migration");
	}

	@Test
	void findsNothingIfTheHistoriesAreEqual() {
		assertThat(new CheckContextBuilder().findingsOf(this.check)).isEmpty();
	}

	@Test
	void keepsTheFindingWhileTheHistoryCannotBeRead() {
		Finding before = twice(CheckContextBuilder.history("2")).findingOf(this.check);
		assertThat(twice(null).previous(before).findingsOf(this.check)).containsExactly(before);
		assertThat(new CheckContextBuilder().uninspected(CheckContextBuilder.PRIMARY)
			.previous(before)
			.findingsOf(this.check)).containsExactly(before);
	}

	private static CheckContextBuilder twice(@Nullable MigrationHistory history) {
		CheckContextBuilder context = new CheckContextBuilder();
		mirror(context, history);
		mirror(context, history);
		return context;
	}

	private static void mirror(CheckContextBuilder context, @Nullable MigrationHistory history) {
		context.inspected(CheckContextBuilder.MIRROR, ServerFacts.NOTHING, history);
	}

}
