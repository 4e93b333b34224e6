package dev.failover.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * {@link AbstractFailureAnalyzer} for {@link FailoverConfigurationException}.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class FailoverConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<FailoverConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, FailoverConfigurationException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.getAction(), rootFailure);
	}

}
