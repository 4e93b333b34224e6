package dev.failover.internal.transaction;

import java.lang.reflect.Method;

import dev.failover.internal.routing.SerializableReads;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;
import org.springframework.transaction.interceptor.MatchAlwaysTransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionAttributeSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SerializableReadsSource}.
 */
final class SerializableReadsSourceTests {

	private final SerializableReads reads = new SerializableReads();

	private final TransactionAttributeSource annotations = new AnnotationTransactionAttributeSource();

	private final SerializableReadsSource source = new SerializableReadsSource(this.annotations, this.reads);

	@Test
	void notesTheNamesOfSerializableReadOnlyTransactionsOnly() throws Exception {
		for (Method method : Work.class.getDeclaredMethods()) {
			assertThat(this.source.getTransactionAttribute(method, Work.class))
				.isSameAs(this.annotations.getTransactionAttribute(method, Work.class));
		}
		assertThat(this.reads.names()).containsExactly(Work.class.getName() + ".balance");
	}

	@Test
	void notesTheNameThatATransactionWasGiven() throws Exception {
		DefaultTransactionAttribute named = new DefaultTransactionAttribute();
		named.setName("report");
		named.setReadOnly(true);
		named.setIsolationLevelName("ISOLATION_SERIALIZABLE");
		MatchAlwaysTransactionAttributeSource always = new MatchAlwaysTransactionAttributeSource();
		always.setTransactionAttribute(named);
		new SerializableReadsSource(always, this.reads).getTransactionAttribute(method("plain"), Work.class);
		assertThat(this.reads.names()).containsExactly("report");
	}

	@Test
	void findsTheSameTransactionsAsTheSourceOfTheApplication() throws Exception {
		assertThat(this.source.isCandidateClass(Work.class)).isTrue();
		assertThat(this.source.isCandidateClass(String.class)).isFalse();
		assertThat(this.source.hasTransactionAttribute(method("balance"), Work.class)).isTrue();
		assertThat(this.source.hasTransactionAttribute(method("plain"), Work.class)).isFalse();
	}

	private static Method method(String name) throws NoSuchMethodException {
		return Work.class.getDeclaredMethod(name);
	}

	/**
	 * Methods with and without a transaction.
	 */
	static class Work {

		@Transactional(readOnly = true, isolation = Isolation.SERIALIZABLE)
		public void balance() {
		}

		@Transactional(readOnly = true)
		public void read() {
		}

		@Transactional(isolation = Isolation.SERIALIZABLE)
		public void book() {
		}

		public void plain() {
		}

	}

}
