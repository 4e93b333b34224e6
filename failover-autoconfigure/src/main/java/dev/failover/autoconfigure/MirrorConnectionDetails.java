package dev.failover.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Details required to establish a connection to a mirror. Null values are inherited from
 * the primary.
 * <p>
 * Beans of this type take precedence over the URLs and credentials of all mirrors in the
 * properties. A single bean, or the one that is marked as primary, is the node
 * {@code mirror}, and {@code failover.mirror.hikari} configures its pool. Of several
 * beans each is a node with the name of the bean, in the order of
 * {@link org.springframework.core.annotation.Order @Order}, and
 * {@code failover.mirrors.<name>.hikari} configures its pool.
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
