package dev.failover.internal.routing;

import com.zaxxer.hikari.HikariPoolMXBean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.BeansException;
import org.springframework.beans.DirectFieldAccessor;

/**
 * Anticipates what HikariCP asks its first connection and keeps for good: isolation and
 * network time-out. HikariCP 7.0 has no way to tell it, and if that connection is lost
 * while it asks, it takes the isolation for -1, which drivers refuse on each connection
 * that it opens later.
 * <p>
 * Confined to the thread of the pool that connects.
 */
final class PoolExamination {

	private static final Logger logger = LoggerFactory.getLogger(PoolExamination.class);

	/** What HikariCP's fields contain before it has asked. */
	private static final Integer UNKNOWN = -1;

	private boolean done;

	/**
	 * Tells the pool what it does not know. Has no effect on what was configured, nor on
	 * another version of HikariCP, whose fields have other names.
	 * @param pool the pool, or null if it is not ready
	 */
	void anticipate(@Nullable HikariPoolMXBean pool, SessionDefaults defaults) {
		if (this.done || pool == null) {
			return;
		}
		this.done = true;
		try {
			DirectFieldAccessor fields = new DirectFieldAccessor(pool);
			set(fields, "transactionIsolation", defaults.transactionIsolation());
			set(fields, "networkTimeout", defaults.networkTimeoutMillis());
			set(fields, "isNetworkTimeoutSupported", 1);
		}
		catch (BeansException ex) {
			logger.debug("HikariCP asks its first connection itself", ex);
		}
	}

	private static void set(DirectFieldAccessor fields, String field, int value) {
		if (UNKNOWN.equals(fields.getPropertyValue(field))) {
			fields.setPropertyValue(field, value);
		}
	}

}
