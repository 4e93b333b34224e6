package dev.failover.dialect;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Time-outs that a user has set for a driver; null where none is set, zero where it is
 * set to none at all.
 *
 * @param connect for the TCP connection
 * @param login for the connection and the login together
 * @param socket for any answer of the server
 */
public record DriverTimeouts(@Nullable Duration connect, @Nullable Duration login, @Nullable Duration socket) {

	/**
	 * Nothing is set.
	 */
	public static final DriverTimeouts UNSET = new DriverTimeouts(null, null, null);

}
