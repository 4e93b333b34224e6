package dev.failover.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.util.ClassUtils;

/**
 * Finds the JDBC driver for a URL, and says what to change where there is none.
 *
 * @param url the URL
 * @param prefix prefix of the properties that it comes from
 */
record JdbcDriver(String url, String prefix) {

	/**
	 * The product that the URL names, or {@code UNKNOWN}.
	 */
	DatabaseDriver product() {
		if (!this.url.isEmpty() && !this.url.startsWith("jdbc:")) {
			throw new FailoverConfigurationException(
					"'" + JdbcUrl.withoutSecrets(this.url) + "' of '" + this.prefix + ".url' is no JDBC URL.",
					"Correct the URL: it begins with 'jdbc:', such as 'jdbc:postgresql://host:5432/database'.");
		}
		return DatabaseDriver.fromJdbcUrl(this.url);
	}

	/**
	 * Class name of the driver that the URL is known to need.
	 */
	String known() {
		String name = product().getDriverClassName();
		if (name == null) {
			throw new FailoverConfigurationException("No JDBC driver is known for '" + JdbcUrl.withoutSecrets(this.url)
					+ "' of '" + this.prefix + ".url'.",
					"Correct the URL, or set '" + this.prefix + ".driver-class-name'.");
		}
		return name;
	}

	/**
	 * The configured class name, or else the known one, checked to be there.
	 */
	String present(@Nullable String configured) {
		String name = (configured != null) ? configured : known();
		if (!ClassUtils.isPresent(name, null)) {
			throw new FailoverConfigurationException(
					"The JDBC driver '" + name + "' for '" + this.prefix + ".url' is not on the class path.",
					"Add the driver's dependency, or correct '" + this.prefix + ".driver-class-name'.");
		}
		return name;
	}

}
