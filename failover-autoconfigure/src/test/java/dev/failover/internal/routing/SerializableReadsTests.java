package dev.failover.internal.routing;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SerializableReads}.
 */
final class SerializableReadsTests {

	private final SerializableReads reads = new SerializableReads();

	@ParameterizedTest
	@CsvSource({ "true, 8, true", "true, 4, false", "true, -1, false", "false, 8, false" })
	void areTransactionsThatAreReadOnlyAndSerializable(boolean readOnly, int isolation, boolean one) {
		DefaultTransactionDefinition definition = new DefaultTransactionDefinition(
				TransactionDefinition.PROPAGATION_REQUIRED);
		definition.setReadOnly(readOnly);
		definition.setIsolationLevel(isolation);
		assertThat(SerializableReads.isOne(definition)).isEqualTo(one);
	}

	@Test
	void areKnownByTheirNames() {
		assertThat(this.reads.contains("report")).isFalse();
		this.reads.add("report");
		assertThat(this.reads.contains("report")).isTrue();
		assertThat(this.reads.contains("balance")).isFalse();
		assertThat(this.reads.contains(null)).isFalse();
	}

	@Test
	void allTransactionsWithoutANameAreOne() {
		this.reads.add(null);
		assertThat(this.reads.contains(null)).isTrue();
		assertThat(this.reads.contains("report")).isFalse();
		this.reads.add("report");
		assertThat(this.reads.names()).containsExactly("", "report");
	}

	@Test
	void theNumberOfNamesIsLimited() {
		for (int i = 0; i < 2_000; i++) {
			this.reads.add("made at run time " + i);
		}
		assertThat(this.reads.names()).hasSize(1_000);
	}

}
