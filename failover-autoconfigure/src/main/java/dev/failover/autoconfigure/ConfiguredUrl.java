package dev.failover.autoconfigure;

import dev.failover.dialect.JdbcDriverSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.util.ClassUtils;

/**
 * JDBC URL of a node. Determines the class of the driver for it.
 * <p>
 * Messages name the property and never show a URL, which can contain a password.
 *
 * @param url the URL
 * @param node the node
 */
record ConfiguredUrl(String url, ConfiguredNode node) {

	/**
	 * Returns the beginning of the URL that names the database, such as
	 * {@code jdbc:mysql:}.
	 */
	String scheme() {
		return this.url.replaceFirst("(?s)^(jdbc:[\\w.+-]+:|[^:]*:?).*", "$1");
	}

	/**
	 * Returns the database product that the URL names, or {@code UNKNOWN}.
	 * @throws FailoverConfigurationException if it is not a JDBC URL
	 */
	DatabaseDriver databaseDriver() {
		if (!this.url.isEmpty() && !this.url.startsWith("jdbc:")) {
			throw new FailoverConfigurationException(
					property("url") + " is not a JDBC URL: '" + JdbcDriverSettings.UNKNOWN.address(this.url) + "'.",
					"Correct the URL. It begins with 'jdbc:' and the name of the database.");
		}
		return DatabaseDriver.fromJdbcUrl(this.url);
	}

	/**
	 * Returns the class name of the driver that Boot knows for the URL.
	 * @throws FailoverConfigurationException if it knows none
	 */
	String driverClassName() {
		String name = databaseDriver().getDriverClassName();
		if (name == null) {
			throw new FailoverConfigurationException(
					this.url.isEmpty() ? property("url") + " is empty."
							: property("url") + " begins with '" + scheme() + "', for which no JDBC driver is known.",
					"Correct the URL, or set " + property("driver-class-name") + ".");
		}
		return name;
	}

	/**
	 * Returns the configured class name of the driver, or else the one that Boot knows.
	 * @throws FailoverConfigurationException if it is not on the class path
	 */
	String driverClassName(@Nullable String configured) {
		String name = (configured != null) ? configured : driverClassName();
		if (!ClassUtils.isPresent(name, null)) {
			throw new FailoverConfigurationException(
					"The JDBC driver '" + name + "' for " + property("url") + " is not on the class path.",
					"Add the dependency of the driver, or correct " + property("driver-class-name") + ".");
		}
		return name;
	}

	private String property(String name) {
		return this.node.property(name);
	}

}
