package dev.failover.benchmarks.run;

import java.util.Locale;
import java.util.Optional;

/**
 * Limit of the ratio of two figures of the same run. Such a ratio has a meaning on any
 * machine.
 *
 * @param figure description of the ratio
 * @param greatest greatest ratio that is allowed
 */
public record RatioCheck(String figure, double greatest) {

	/**
	 * Returns a finding if the ratio is above the limit.
	 */
	public Optional<String> check(double ratio) {
		return (ratio <= this.greatest) ? Optional.empty() : Optional
			.of(String.format(Locale.ROOT, "%s: the ratio %.2f is above %.2f", this.figure, ratio, this.greatest));
	}

}
