package dev.failover.internal.error;

import java.sql.SQLException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ExceptionChain}.
 */
final class ExceptionChainTests {

	@Test
	void visitsNextExceptionsBeforeCauses() {
		IllegalStateException root = new IllegalStateException("root");
		SQLException first = new SQLException("first", "08006", root);
		SQLException second = new SQLException("second", "08006");
		SQLException cause = new SQLException("cause of the second", "08006");
		second.initCause(cause);
		first.setNextException(second);
		assertThat(ExceptionChain.of(first)).containsExactly(first, second, cause, root);
	}

	@Test
	void visitsEachExceptionOfACycleOnce() {
		SQLException one = new SQLException("one");
		SQLException other = new SQLException("other", one);
		one.initCause(other);
		one.setNextException(other);
		assertThat(ExceptionChain.of(one)).containsExactly(one, other);
	}

	@Test
	void visitsAtMostTwentyExceptions() {
		SQLException batch = new SQLException("batch");
		for (int i = 0; i < 1_000; i++) {
			batch.setNextException(new SQLException("row " + i));
		}
		assertThat(ExceptionChain.of(batch)).hasSize(20);
	}

	@Test
	void theRootCauseIsTheLastOneAlongTheCauses() {
		IllegalStateException root = new IllegalStateException("root");
		assertThat(ExceptionChain.rootCause(new SQLException(new RuntimeException(root)))).isSameAs(root);
		assertThat(ExceptionChain.rootCause(root)).isSameAs(root);
	}

}
