package dev.failover.autoconfigure;

import dev.failover.NoNodeAvailableException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * {@link AbstractFailureAnalyzer} for an application that needs a connection to start and
 * gets none from any node.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class NoNodeFailureAnalyzer extends AbstractFailureAnalyzer<NoNodeAvailableException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoNodeAvailableException cause) {
		Throwable reason = cause.getCause();
		if (reason == null) {
			return null;
		}
		return new FailureAnalysis(
				"The application needs a database connection to start, but no node serves it: " + reason.getMessage(),
				"Check that the servers run and can be reached, and correct URL, user, password and database in "
						+ "'spring.datasource' and 'failover.mirror'.",
				rootFailure);
	}

}
