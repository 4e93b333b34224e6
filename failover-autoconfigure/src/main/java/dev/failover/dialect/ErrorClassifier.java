package dev.failover.dialect;

import java.sql.SQLException;
import java.util.Optional;

import dev.failover.ErrorClass;

/**
 * Classifies errors by their meaning for the node that raised them. Beans of this type
 * are asked before the dialect.
 * <p>
 * Implementations must be thread-safe, and must neither throw nor block.
 */
@FunctionalInterface
public interface ErrorClassifier {

	/**
	 * Classifies one exception; the caller walks its chain.
	 * @return the class, or empty to leave the error to the next classifier
	 */
	Optional<ErrorClass> classify(SQLException error);

	/**
	 * Returns whether the error proves that the driver sent nothing to the server, so
	 * that the failed call had no effect. Returns false by default: the server may have
	 * received the call.
	 */
	default boolean nothingWasSent(SQLException error) {
		return false;
	}

}
