package dev.failover.autoconfigure;

import java.time.Duration;

/**
 * Configuration under {@code failover.switchover}: how an operator moves the route.
 */
public final class SwitchoverProperties {

	/**
	 * How long work in flight may go on before the route is moved.
	 */
	private Duration drainTimeout = Duration.ofSeconds(5);

	public Duration getDrainTimeout() {
		return this.drainTimeout;
	}

	public void setDrainTimeout(Duration drainTimeout) {
		PropertyRange.of("failover.switchover.drain-timeout").atLeast(drainTimeout, Duration.ZERO);
		this.drainTimeout = drainTimeout;
	}

}
