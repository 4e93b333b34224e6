package dev.failover.dialect;

import java.sql.SQLException;
import java.util.Optional;

import dev.failover.ErrorClass;

/**
 * Says what an error means for the node that it came from. A bean of this type is asked
 * before the dialect; an empty answer leaves the error to the next.
 */
@FunctionalInterface
public interface ErrorClassifier {

	/**
	 * Classify one exception; its chain is walked by the caller. Must not throw or block.
	 */
	Optional<ErrorClass> classify(SQLException error);

}
