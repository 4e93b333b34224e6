package dev.failover.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Details required to establish a connection to the mirror. What is null is the
 * primary's.
 */
public interface MirrorConnectionDetails extends ConnectionDetails {

	/**
	 * JDBC URL of the mirror.
	 */
	String getJdbcUrl();

	/**
	 * Username, or null for the primary's.
	 */
	default @Nullable String getUsername() {
		return null;
	}

	/**
	 * Password, or null for the primary's.
	 */
	default @Nullable String getPassword() {
		return null;
	}

	/**
	 * Class name of the driver, or null for the primary's.
	 */
	default @Nullable String getDriverClassName() {
		return null;
	}

}
