package dev.failover.embedded.autoconfigure;

import dev.failover.embedded.MissingBinariesException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * An {@link AbstractFailureAnalyzer} for a {@link MissingBinariesException}.
 */
final class MissingBinariesFailureAnalyzer extends AbstractFailureAnalyzer<MissingBinariesException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MissingBinariesException cause) {
		return new FailureAnalysis(cause.description() + ".", cause.remedy() + ".", rootFailure);
	}

}
