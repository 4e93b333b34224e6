package dev.failover.autoconfigure;

import java.time.Duration;

/**
 * Checks that the value of a property is in range.
 *
 * @param property name of the property
 */
record PropertyRange(String property) {

	static PropertyRange of(String property) {
		return new PropertyRange(property);
	}

	void atLeast(Duration value, Duration minimum) {
		if (value.compareTo(minimum) < 0) {
			throw outOfRange(value, "of at least " + minimum.toMillis() + "ms");
		}
	}

	void between(int value, int minimum, int maximum) {
		if (value < minimum || value > maximum) {
			throw outOfRange(value, "from " + minimum + " to " + maximum);
		}
	}

	private FailoverConfigurationException outOfRange(Object value, String allowed) {
		return new FailoverConfigurationException(
				"The property '" + this.property + "' is " + value + ", which is out of range.",
				"Set '" + this.property + "' to a value " + allowed + ", or remove it to use the default.");
	}

}
