package dev.failover.benchmarks.run;

import java.util.Optional;

/**
 * Holds a figure against that of another in the same run: of two on the same machine at
 * the same time, a ratio means something anywhere.
 *
 * @param what what is compared
 * @param greatest greatest ratio that is allowed
 */
public record RatioCheck(String what, double greatest) {

	/**
	 * Check.
	 * @return what is wrong, empty if nothing is
	 */
	public Optional<String> check(double ratio) {
		return (ratio <= this.greatest) ? Optional.empty() : Optional
			.of(this.what + ": the ratio " + Numbers.of(ratio, 2) + " is above " + Numbers.of(this.greatest, 2));
	}

}
