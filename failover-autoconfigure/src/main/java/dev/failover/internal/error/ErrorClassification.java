package dev.failover.internal.error;

import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.failover.ErrorClass;
import dev.failover.dialect.ErrorClassifier;
import org.jspecify.annotations.Nullable;

/**
 * Classifies errors by asking several classifiers in turn, along the
 * {@linkplain ExceptionChain chain} of an exception. Immutable.
 * <p>
 * A classifier that throws counts as one without an answer: it is called inside calls of
 * the application, which must receive the error of the database.
 */
public final class ErrorClassification {

	private final List<ErrorClassifier> classifiers;

	/**
	 * Creates a classification.
	 * @param classifiers the classifiers, the first one to be asked first
	 */
	public ErrorClassification(List<ErrorClassifier> classifiers) {
		this.classifiers = List.copyOf(classifiers);
	}

	/**
	 * Returns the first class other than {@code APPLICATION} along the chain. A rejected
	 * certificate is {@code UNAUTHORIZED}, although drivers report it as a lost
	 * connection: only a running server presents a certificate.
	 */
	public ErrorClass classify(Throwable error) {
		if (ExceptionChain.of(error).anyMatch(CertificateException.class::isInstance)) {
			return ErrorClass.UNAUTHORIZED;
		}
		return ExceptionChain.of(error)
			.filter(SQLException.class::isInstance)
			.map((link) -> classifyOne((SQLException) link))
			.filter(Predicate.not(ErrorClass.APPLICATION::equals))
			.findFirst()
			.orElse(ErrorClass.APPLICATION);
	}

	private ErrorClass classifyOne(SQLException error) {
		for (ErrorClassifier classifier : this.classifiers) {
			ErrorClass found = ask(classifier, (one) -> one.classify(error).orElse(null));
			if (found != null) {
				return found;
			}
		}
		return ErrorClass.APPLICATION;
	}

	/**
	 * Returns whether the error proves that the driver sent nothing to the server.
	 */
	public boolean nothingWasSent(SQLException error) {
		return this.classifiers.stream()
			.anyMatch((classifier) -> Boolean.TRUE.equals(ask(classifier, (one) -> one.nothingWasSent(error))));
	}

	private static <T> @Nullable T ask(ErrorClassifier classifier, Function<ErrorClassifier, @Nullable T> question) {
		try {
			return question.apply(classifier);
		}
		catch (Throwable ex) {
			return null;
		}
	}

}
