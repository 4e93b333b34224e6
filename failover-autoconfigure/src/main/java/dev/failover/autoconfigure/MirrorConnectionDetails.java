package dev.failover.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Details required to establish a connection to the mirror. Null values are inherited
 * from the primary.
 */
public interface MirrorConnectionDetails extends ConnectionDetails {

	/**
	 * Returns the JDBC URL of the mirror.
	 */
	String getJdbcUrl();

	/**
	 * Returns the username, or null to inherit it from the primary.
	 */
	default @Nullable String getUsername() {
		return null;
	}

	/**
	 * Returns the password, or null to inherit it from the primary.
	 */
	default @Nullable String getPassword() {
		return null;
	}

	/**
	 * Returns the class name of the driver, or null to inherit it from the primary.
	 */
	default @Nullable String getDriverClassName() {
		return null;
	}

}
