package dev.failover.autoconfigure;

import java.time.Duration;

/**
 * Configuration under {@code failover.failback}: how the route returns to the primary.
 */
public final class FailbackProperties {

	/**
	 * Whether the route returns to the primary by itself where both nodes accept writes.
	 */
	private Mode mode = Mode.AUTOMATIC;

	/**
	 * Least time on the mirror before the route returns to the primary by itself; doubled
	 * each time that the primary is lost again soon afterwards.
	 */
	private Duration minStay = Duration.ofSeconds(30);

	public Mode getMode() {
		return this.mode;
	}

	public void setMode(Mode mode) {
		this.mode = mode;
	}

	public Duration getMinStay() {
		return this.minStay;
	}

	public void setMinStay(Duration minStay) {
		PropertyRange.of("failover.failback.min-stay").atLeast(minStay, Duration.ZERO);
		this.minStay = minStay;
	}

	/**
	 * Whether the route returns by itself.
	 */
	public enum Mode {

		/** It returns when the primary has proven itself. */
		AUTOMATIC,

		/** An operator moves it. */
		MANUAL

	}

}
