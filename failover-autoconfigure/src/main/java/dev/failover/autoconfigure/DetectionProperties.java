package dev.failover.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Configuration properties for the detection of the loss of a node.
 */
final class DetectionProperties {

	/**
	 * Period of probes; at least 10 milliseconds.
	 */
	private Duration interval = Duration.ofMillis(500);

	/**
	 * Hard deadline of one probe, which covers connect, login and query; at least 10
	 * milliseconds.
	 */
	private Duration timeout = Duration.ofSeconds(1);

	/**
	 * Number of consecutive failed probes that open the breaker of a node, from 1 to 100.
	 */
	private int failureThreshold = 2;

	/**
	 * Pause before a probe that follows a failed probe or a suspicion; at least 1
	 * millisecond.
	 */
	private Duration retryInterval = Duration.ofMillis(20);

	/**
	 * Number of consecutive good probes that close the breaker of a node, from 1 to 100.
	 */
	private int recoveryThreshold = 5;

	/**
	 * Time for which work in flight may continue on a node that the route has left,
	 * before its connections are aborted. 0 releases threads at once; a longer time
	 * spares transactions if a silent server answers again.
	 */
	private Duration abortGrace = Duration.ofSeconds(0);

	/**
	 * Query to execute in each probe in addition to that of the dialect.
	 */
	private @Nullable String query;

	/**
	 * Query that returns the role of a server, WRITABLE, READ_ONLY or UNUSABLE, for
	 * databases without a dialect. By default, the driver is asked.
	 */
	private @Nullable String roleQuery;

	public Duration getInterval() {
		return this.interval;
	}

	public void setInterval(Duration interval) {
		PropertyRange.of("failover.detection.interval").atLeast(interval, Duration.ofMillis(10));
		this.interval = interval;
	}

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		PropertyRange.of("failover.detection.timeout").atLeast(timeout, Duration.ofMillis(10));
		this.timeout = timeout;
	}

	public int getFailureThreshold() {
		return this.failureThreshold;
	}

	public void setFailureThreshold(int failureThreshold) {
		PropertyRange.of("failover.detection.failure-threshold").between(failureThreshold, 1, 100);
		this.failureThreshold = failureThreshold;
	}

	public Duration getRetryInterval() {
		return this.retryInterval;
	}

	public void setRetryInterval(Duration retryInterval) {
		PropertyRange.of("failover.detection.retry-interval").atLeast(retryInterval, Duration.ofMillis(1));
		this.retryInterval = retryInterval;
	}

	public int getRecoveryThreshold() {
		return this.recoveryThreshold;
	}

	public void setRecoveryThreshold(int recoveryThreshold) {
		PropertyRange.of("failover.detection.recovery-threshold").between(recoveryThreshold, 1, 100);
		this.recoveryThreshold = recoveryThreshold;
	}

	public Duration getAbortGrace() {
		return this.abortGrace;
	}

	public void setAbortGrace(Duration abortGrace) {
		PropertyRange.of("failover.detection.abort-grace").atLeast(abortGrace, Duration.ZERO);
		this.abortGrace = abortGrace;
	}

	public @Nullable String getQuery() {
		return this.query;
	}

	public void setQuery(@Nullable String query) {
		this.query = query;
	}

	public @Nullable String getRoleQuery() {
		return this.roleQuery;
	}

	public void setRoleQuery(@Nullable String roleQuery) {
		this.roleQuery = roleQuery;
	}

}
