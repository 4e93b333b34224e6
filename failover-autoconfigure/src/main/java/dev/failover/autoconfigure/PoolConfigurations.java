package dev.failover.autoconfigure;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.UtilityElf;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Creates the configuration of each pool: the primary's as Boot does, the mirror's from
 * that of the primary, overridden by its own settings.
 */
final class PoolConfigurations {

	private static final String PRIMARY = "spring.datasource.hikari";

	private static final String MIRROR = "failover.mirror.hikari";

	private final Environment environment;

	private final DataSourceProperties properties;

	private final JdbcConnectionDetails primary;

	private final MirrorConnectionDetails mirror;

	PoolConfigurations(Environment environment, DataSourceProperties properties, JdbcConnectionDetails primary,
			MirrorConnectionDetails mirror) {
		this.environment = environment;
		this.properties = properties;
		this.primary = primary;
		this.mirror = mirror;
	}

	HikariConfig primary() {
		checkType();
		HikariConfig config = new HikariConfig();
		if (StringUtils.hasText(this.properties.getName())) {
			config.setPoolName(this.properties.getName());
		}
		connect(config, this.primary.getJdbcUrl(), this.primary.getUsername(), this.primary.getPassword(),
				primaryDriver());
		bind(PRIMARY, config);
		checkIsolation(PRIMARY, config);
		if (config.getPoolName() == null) {
			config.setPoolName(ConfiguredNodes.PRIMARY.name());
		}
		return config;
	}

	HikariConfig mirror() {
		HikariConfig config = new HikariConfig();
		bind(PRIMARY, config);
		String inherited = config.getPoolName();
		config.setPoolName(null);
		connect(config, this.mirror.getJdbcUrl(),
				orElse(this.mirror.getUsername(), orElse(this.primary.getUsername(), config.getUsername())),
				orElse(this.mirror.getPassword(), orElse(this.primary.getPassword(), config.getPassword())),
				mirrorDriver());
		if (this.mirror.getUsername() != null || this.mirror.getPassword() != null) {
			config.setCredentialsProvider(null);
		}
		bind(MIRROR, config);
		checkIsolation(MIRROR, config);
		if (config.getPoolName() == null) {
			String base = orElse(inherited, this.properties.getName());
			config.setPoolName((base != null) ? base + "-" + ConfiguredNodes.MIRROR : ConfiguredNodes.MIRROR.name());
		}
		return config;
	}

	/**
	 * Rejects another type of pool, which would be ignored silently.
	 */
	private void checkType() {
		Class<?> type = this.properties.getType();
		if (type != null && !HikariDataSource.class.isAssignableFrom(type)) {
			throw new FailoverConfigurationException(
					"'spring.datasource.type' is '" + type.getName() + "', but failover requires HikariCP.",
					"Remove 'spring.datasource.type', or set it to '" + HikariDataSource.class.getName()
							+ "'. To run without failover, set 'failover.enabled' to false.");
		}
	}

	/**
	 * Rejects an invalid transaction isolation, which the pool would find when it starts.
	 */
	private static void checkIsolation(String prefix, HikariConfig config) {
		try {
			UtilityElf.getTransactionIsolation(config.getTransactionIsolation());
		}
		catch (IllegalArgumentException ex) {
			throw new FailoverConfigurationException(
					"'" + config.getTransactionIsolation() + "' of '" + prefix
							+ ".transaction-isolation' is not a transaction isolation.",
					"Use the name of a constant of java.sql.Connection, such as 'TRANSACTION_READ_COMMITTED'.");
		}
	}

	private static void connect(HikariConfig config, String url, @Nullable String username, @Nullable String password,
			String driver) {
		config.setJdbcUrl(url);
		config.setUsername(username);
		config.setPassword(password);
		config.setDriverClassName(driver);
	}

	/**
	 * Binds the properties under a prefix. Skips the look-up of each property of a pool
	 * if there are none.
	 */
	private void bind(String prefix, HikariConfig config) {
		ConfigurationPropertyName name = ConfigurationPropertyName.of(prefix);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source.containsDescendantOf(name) != ConfigurationPropertyState.ABSENT) {
				Binder.get(this.environment).bind(name, Bindable.ofInstance(config));
				return;
			}
		}
	}

	private String primaryDriver() {
		return primaryUrl().driverClassName(this.primary.getDriverClassName());
	}

	private String mirrorDriver() {
		String own = this.mirror.getDriverClassName();
		ConfiguredUrl url = new ConfiguredUrl(this.mirror.getJdbcUrl(), ConfiguredNodes.MIRROR);
		boolean sameProduct = url.databaseDriver() == primaryUrl().databaseDriver();
		return url.driverClassName((own != null || !sameProduct) ? own : this.primary.getDriverClassName());
	}

	private ConfiguredUrl primaryUrl() {
		return new ConfiguredUrl(this.primary.getJdbcUrl(), ConfiguredNodes.PRIMARY);
	}

	private static @Nullable String orElse(@Nullable String value, @Nullable String other) {
		return (value != null) ? value : other;
	}

}
