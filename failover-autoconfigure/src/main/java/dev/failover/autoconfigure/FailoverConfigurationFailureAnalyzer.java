package dev.failover.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Presents a {@link FailoverConfigurationException} at start-up.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class FailoverConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<FailoverConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, FailoverConfigurationException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.getAction(), rootFailure);
	}

}
