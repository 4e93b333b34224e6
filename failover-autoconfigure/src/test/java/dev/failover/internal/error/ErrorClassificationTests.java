package dev.failover.internal.error;

import java.security.cert.CertificateExpiredException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.SSLHandshakeException;

import dev.failover.ErrorClass;
import dev.failover.dialect.ErrorClassifier;
import dev.failover.dialect.postgresql.PostgresDialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ErrorClassification}.
 */
final class ErrorClassificationTests {

	private final ErrorClassification errors = new ErrorClassification(List.of(new PostgresDialect()));

	@Test
	void findsAnErrorAmongTheCauses() {
		SQLException timeout = new SQLException("Connection is not available", null,
				new IllegalStateException(new SQLException("refused", "08001")));
		assertThat(this.errors.classify(timeout)).isEqualTo(ErrorClass.CONNECTION_LOST);
	}

	@Test
	void findsAnErrorAmongTheNextExceptions() {
		SQLException batch = new SQLException("batch", "23505");
		batch.setNextException(new SQLException("terminated", "57P01"));
		assertThat(this.errors.classify(batch)).isEqualTo(ErrorClass.CONNECTION_LOST);
	}

	@Test
	void returnsTheFirstClassOtherThanApplication() {
		SQLException error = new SQLException("read-only", "25006", new SQLException("lost", "08006"));
		assertThat(this.errors.classify(error)).isEqualTo(ErrorClass.READ_ONLY);
	}

	@Test
	void anExceptionThatIsNoSqlExceptionIsOfClassApplication() {
		assertThat(this.errors.classify(new IllegalStateException("oops"))).isEqualTo(ErrorClass.APPLICATION);
	}

	@Test
	void aRejectedCertificateIsOfClassUnauthorized() {
		SSLHandshakeException handshake = new SSLHandshakeException("PKIX");
		SQLException refused = new SQLException("SSL error", "08006", handshake);
		assertThat(this.errors.classify(refused)).isEqualTo(ErrorClass.CONNECTION_LOST);
		handshake.initCause(new CertificateExpiredException("expired"));
		assertThat(this.errors.classify(refused)).isEqualTo(ErrorClass.UNAUTHORIZED);
	}

	@Test
	@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void endsOnCyclicChains() {
		SQLException one = new SQLException("one", "23505");
		SQLException other = new SQLException("other", "23505", one);
		one.initCause(other);
		assertThat(this.errors.classify(one)).isEqualTo(ErrorClass.APPLICATION);
	}

	@Test
	void examinesAtMostTwentyExceptionsOfAChain() {
		assertThat(this.errors.classify(chain(19))).isEqualTo(ErrorClass.CONNECTION_LOST);
		assertThat(this.errors.classify(chain(20))).isEqualTo(ErrorClass.APPLICATION);
	}

	@Test
	void callsClassifiersInOrder() {
		ErrorClassifier own = (error) -> "57014".equals(error.getSQLState()) ? Optional.of(ErrorClass.CONNECTION_LOST)
				: Optional.empty();
		ErrorClassification ordered = new ErrorClassification(List.of(own, new PostgresDialect()));
		assertThat(ordered.classify(new SQLException("cancelled", "57014"))).isEqualTo(ErrorClass.CONNECTION_LOST);
		assertThat(ordered.classify(new SQLException("read-only", "25006"))).isEqualTo(ErrorClass.READ_ONLY);
	}

	@Test
	void aClassifierCanDeclareALostConnectionHarmless() {
		ErrorClassification ordered = new ErrorClassification(
				List.of((error) -> Optional.of(ErrorClass.APPLICATION), new PostgresDialect()));
		assertThat(ordered.classify(new SQLException("lost", "08006"))).isEqualTo(ErrorClass.APPLICATION);
	}

	@Test
	void ignoresAClassifierThatThrows() {
		ErrorClassifier broken = (error) -> {
			throw new IllegalStateException("broken");
		};
		ErrorClassification guarded = new ErrorClassification(List.of(broken, new PostgresDialect()));
		assertThat(guarded.classify(new SQLException("lost", "08006"))).isEqualTo(ErrorClass.CONNECTION_LOST);
	}

	@Test
	void nothingWasSentOnAConnectionThatDoesNotExist() {
		assertThat(this.errors.nothingWasSent(new SQLException("closed", "08003"))).isTrue();
		assertThat(this.errors.nothingWasSent(new SQLException("lost", "08006"))).isFalse();
		assertThat(new ErrorClassification(List.of((error) -> Optional.empty()))
			.nothingWasSent(new SQLException("closed", "08003"))).isFalse();
	}

	/**
	 * Returns a lost connection as the root cause of a number of other errors.
	 */
	private static SQLException chain(int others) {
		SQLException error = new SQLException("lost", "08006");
		for (int i = 0; i < others; i++) {
			error = new SQLException("other", "23505", error);
		}
		return error;
	}

}
