package dev.failover.internal.error;

import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.List;

import dev.failover.ErrorClass;
import dev.failover.dialect.ErrorClassifier;
import org.jspecify.annotations.Nullable;

/**
 * Classifies errors by asking classifiers in turn, along the chain of an exception.
 * Immutable.
 */
public final class ErrorClassification {

	/** Exceptions of one chain that are looked at; chains of drivers can be cyclic. */
	private static final int MAX_CHAIN = 10;

	private final List<ErrorClassifier> classifiers;

	public ErrorClassification(List<ErrorClassifier> classifiers) {
		this.classifiers = List.copyOf(classifiers);
	}

	/**
	 * The first class other than {@code APPLICATION} found along
	 * {@link SQLException#getNextException()} and the causes. Drivers report a
	 * certificate that was refused as a lost connection, but only a living server shows
	 * one.
	 */
	public ErrorClass classify(Throwable error) {
		return refusedCertificate(error) ? ErrorClass.UNAUTHORIZED : classifyChain(error);
	}

	private static boolean refusedCertificate(Throwable error) {
		Throwable current = error;
		for (int i = 0; current != null && i < MAX_CHAIN; i++) {
			if (current instanceof CertificateException) {
				return true;
			}
			current = current.getCause();
		}
		return false;
	}

	private ErrorClass classifyChain(Throwable error) {
		Throwable current = error;
		for (int i = 0; current != null && i < MAX_CHAIN; i++) {
			ErrorClass found = (current instanceof SQLException sql) ? classifyOne(sql) : ErrorClass.APPLICATION;
			if (found != ErrorClass.APPLICATION) {
				return found;
			}
			SQLException next = (current instanceof SQLException sql) ? sql.getNextException() : null;
			current = (next != null) ? next : current.getCause();
		}
		return ErrorClass.APPLICATION;
	}

	private ErrorClass classifyOne(SQLException error) {
		for (ErrorClassifier classifier : this.classifiers) {
			ErrorClass found = ask(classifier, error);
			if (found != null) {
				return found;
			}
		}
		return ErrorClass.APPLICATION;
	}

	/**
	 * An application's own classifier that fails has no answer: it is asked inside the
	 * application's calls, which must see the error of the database.
	 */
	private static @Nullable ErrorClass ask(ErrorClassifier classifier, SQLException error) {
		try {
			return classifier.classify(error).orElse(null);
		}
		catch (RuntimeException ex) {
			return null;
		}
	}

	/**
	 * Whether the driver knew that the connection was closed, and so sent nothing.
	 * <p>
	 * Source: SQLSTATE 08003 is "connection does not exist" in ISO/IEC 9075-2, and what
	 * pgjdbc ({@code PgConnection.checkClosed}) and Connector/J answer on a closed
	 * connection.
	 */
	public static boolean nothingWasSent(SQLException error) {
		return "08003".equals(error.getSQLState());
	}

}
