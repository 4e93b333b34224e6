package dev.failover.internal.routing;

import com.zaxxer.hikari.HikariPoolMXBean;
import dev.failover.internal.routing.SessionDefaults.Values;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.DirectFieldAccessor;

/**
 * Tells HikariCP what it asks its first connection and keeps for good: isolation and
 * network time-out. HikariCP 7.0 has no way to tell it. If that connection is lost while
 * it asks, it takes the isolation for -1, which drivers refuse on each connection that it
 * opens later; and if it is a placeholder, it keeps values of another server.
 * <p>
 * Confined to the thread of the pool that connects.
 */
final class PoolExamination {

	private static final Logger logger = LoggerFactory.getLogger(PoolExamination.class);

	/** Field whose value HikariCP sets on no connection, because a fresh one has it. */
	private static final String DEFAULT_ISOLATION = "defaultTransactionIsolation";

	/** Its value before HikariCP has asked. */
	private static final Integer UNKNOWN = 0;

	private final boolean isolationIsConfigured;

	private boolean done;

	/**
	 * Creates an examination.
	 * @param isolationIsConfigured whether the pool sets an isolation of its own
	 */
	PoolExamination(boolean isolationIsConfigured) {
		this.isolationIsConfigured = isolationIsConfigured;
	}

	/**
	 * Tells the pool the values of the first real connection. Has no effect on what was
	 * configured, nor on another version of HikariCP, whose fields have other names.
	 * @param pool the pool, or null if it is not ready
	 */
	void tell(@Nullable HikariPoolMXBean pool, Values values) {
		if (this.done || pool == null) {
			return;
		}
		this.done = true;
		try {
			DirectFieldAccessor fields = new DirectFieldAccessor(pool);
			Integer networkTimeout = values.networkTimeoutMillis();
			if (!UNKNOWN.equals(fields.getPropertyValue(DEFAULT_ISOLATION))) {
				fields.setPropertyValue(DEFAULT_ISOLATION, values.transactionIsolation());
			}
			if (!this.isolationIsConfigured) {
				fields.setPropertyValue("transactionIsolation", values.transactionIsolation());
			}
			fields.setPropertyValue("isNetworkTimeoutSupported", (networkTimeout != null) ? 1 : 0);
			fields.setPropertyValue("networkTimeout", (networkTimeout != null) ? networkTimeout : 0);
		}
		catch (RuntimeException ex) {
			logger.debug("HikariCP asks its first connection itself", ex);
		}
	}

}
