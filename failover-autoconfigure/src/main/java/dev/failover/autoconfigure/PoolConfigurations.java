package dev.failover.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

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
 * Creates the configuration of each pool: the primary's as Boot does, that of a mirror
 * from that of the primary, overridden by its own settings.
 */
final class PoolConfigurations {

	private final Environment environment;

	private final DataSourceProperties properties;

	private final JdbcConnectionDetails primary;

	private final ConfiguredNodes nodes;

	private final Function<ConfiguredNode, MirrorConnectionDetails> mirrors;

	/**
	 * Creates the configurations.
	 * @param primary connection details of the primary
	 * @param nodes the nodes
	 * @param mirrors provides the connection details of each mirror
	 */
	PoolConfigurations(Environment environment, DataSourceProperties properties, JdbcConnectionDetails primary,
			ConfiguredNodes nodes, Function<ConfiguredNode, MirrorConnectionDetails> mirrors) {
		this.environment = environment;
		this.properties = properties;
		this.primary = primary;
		this.nodes = nodes;
		this.mirrors = mirrors;
	}

	/**
	 * Returns the pools of all nodes, in order of preference.
	 */
	List<ConfiguredPool> all() {
		checkType();
		List<ConfiguredPool> pools = new ArrayList<>();
		pools.add(new ConfiguredPool(ConfiguredNode.PRIMARY, primary()));
		this.nodes.mirrors().forEach((mirror) -> pools.add(new ConfiguredPool(mirror, mirror(mirror))));
		return pools;
	}

	private HikariConfig primary() {
		HikariConfig config = new HikariConfig();
		if (StringUtils.hasText(this.properties.getName())) {
			config.setPoolName(this.properties.getName());
		}
		connect(config, this.primary.getJdbcUrl(), this.primary.getUsername(), this.primary.getPassword(),
				primaryDriver());
		bind(ConfiguredNode.PRIMARY, config);
		checkIsolation(ConfiguredNode.PRIMARY, config);
		if (config.getPoolName() == null) {
			config.setPoolName(ConfiguredNode.PRIMARY.node().name());
		}
		return config;
	}

	private HikariConfig mirror(ConfiguredNode mirror) {
		MirrorConnectionDetails details = this.mirrors.apply(mirror);
		HikariConfig config = new HikariConfig();
		bind(ConfiguredNode.PRIMARY, config);
		String inherited = config.getPoolName();
		config.setPoolName(null);
		connect(config, details.getJdbcUrl(),
				orElse(details.getUsername(), orElse(this.primary.getUsername(), config.getUsername())),
				orElse(details.getPassword(), orElse(this.primary.getPassword(), config.getPassword())),
				driver(mirror, details));
		if (details.getUsername() != null || details.getPassword() != null) {
			config.setCredentialsProvider(null);
		}
		bind(mirror, config);
		checkIsolation(mirror, config);
		if (config.getPoolName() == null) {
			String base = orElse(inherited, this.properties.getName());
			config.setPoolName((base != null) ? base + "-" + mirror.node() : mirror.node().name());
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
	private static void checkIsolation(ConfiguredNode node, HikariConfig config) {
		try {
			UtilityElf.getTransactionIsolation(config.getTransactionIsolation());
		}
		catch (IllegalArgumentException ex) {
			throw new FailoverConfigurationException(
					"'" + config.getTransactionIsolation() + "' of " + node.property("hikari.transaction-isolation")
							+ " is not a transaction isolation.",
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
	 * Binds the properties of the pool of a node. Skips the look-up of each property if
	 * there are none.
	 */
	private void bind(ConfiguredNode node, HikariConfig config) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(node.prefix() + ".hikari", '.');
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

	private String driver(ConfiguredNode mirror, MirrorConnectionDetails details) {
		String own = details.getDriverClassName();
		ConfiguredUrl url = new ConfiguredUrl(details.getJdbcUrl(), mirror);
		boolean sameProduct = url.databaseDriver() == primaryUrl().databaseDriver();
		return url.driverClassName((own != null || !sameProduct) ? own : this.primary.getDriverClassName());
	}

	private ConfiguredUrl primaryUrl() {
		return new ConfiguredUrl(this.primary.getJdbcUrl(), ConfiguredNode.PRIMARY);
	}

	private static @Nullable String orElse(@Nullable String value, @Nullable String other) {
		return (value != null) ? value : other;
	}

}
