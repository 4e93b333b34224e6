package dev.failover.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.util.StringUtils;

/**
 * Adapts {@link DataSourceProperties} to {@link JdbcConnectionDetails} as Boot does for
 * its own data source, but without the fallback to an in-memory database, which cannot
 * have a mirror.
 */
final class PropertiesPrimaryConnectionDetails implements JdbcConnectionDetails {

	private final DataSourceProperties properties;

	PropertiesPrimaryConnectionDetails(DataSourceProperties properties) {
		this.properties = properties;
	}

	@Override
	public @Nullable String getUsername() {
		return this.properties.determineUsername();
	}

	@Override
	public @Nullable String getPassword() {
		return this.properties.determinePassword();
	}

	@Override
	public String getJdbcUrl() {
		String url = this.properties.getUrl();
		if (!StringUtils.hasText(url)) {
			boolean jndi = StringUtils.hasText(this.properties.getJndiName());
			throw new FailoverConfigurationException(
					"A mirror is configured, but the primary has no URL"
							+ (jndi ? ": 'spring.datasource.jndi-name' names a pool that failover cannot use." : "."),
					"Set 'spring.datasource.url' to the JDBC URL of the primary database. "
							+ "To run without failover, set 'failover.enabled' to false.");
		}
		return url;
	}

	@Override
	public String getDriverClassName() {
		String name = this.properties.getDriverClassName();
		return (name != null) ? name : new ConfiguredUrl(getJdbcUrl(), ConfiguredNode.PRIMARY).driverClassName();
	}

}
