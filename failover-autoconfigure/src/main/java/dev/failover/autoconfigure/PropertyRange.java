package dev.failover.autoconfigure;

import java.time.Duration;

/**
 * Checks the range of one property.
 *
 * @param property its name
 */
record PropertyRange(String property) {

	static PropertyRange of(String property) {
		return new PropertyRange(property);
	}

	void atLeast(Duration value, Duration least) {
		if (value.compareTo(least) < 0) {
			throw outside(value, "at least " + least.toMillis() + "ms");
		}
	}

	void between(int value, int least, int most) {
		if (value < least || value > most) {
			throw outside(value, "from " + least + " to " + most);
		}
	}

	private FailoverConfigurationException outside(Object value, String allowed) {
		return new FailoverConfigurationException(
				"The property '" + this.property + "' is " + value + ", which is out of range.",
				"Set '" + this.property + "' to a value " + allowed + ", or leave it out for the default.");
	}

}
