package dev.failover.dialect.mysql;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import dev.failover.dialect.JdbcDriverSettings;

/**
 * {@link JdbcDriverSettings} of the driver that a URL names: MariaDB Connector/J or MySQL
 * Connector/J.
 */
final class ProtocolDriverSettings implements JdbcDriverSettings {

	private static final String MARIADB = "jdbc:mariadb:";

	private final JdbcDriverSettings mariaDb = new MariaDbDriverSettings();

	private final JdbcDriverSettings mySql = new MySqlDriverSettings();

	private JdbcDriverSettings driver(String jdbcUrl) {
		return jdbcUrl.startsWith(MARIADB) ? this.mariaDb : this.mySql;
	}

	/**
	 * Returns whether one of the drivers accepts a URL.
	 */
	static boolean accepts(String jdbcUrl) {
		return jdbcUrl.startsWith(MARIADB) || jdbcUrl.startsWith("jdbc:mysql:") || jdbcUrl.startsWith("jdbc:mysql+");
	}

	@Override
	public String address(String jdbcUrl) {
		return driver(jdbcUrl).address(jdbcUrl);
	}

	@Override
	public Map<String, String> serverSelection(String jdbcUrl, Properties dataSourceProperties) {
		return driver(jdbcUrl).serverSelection(jdbcUrl, dataSourceProperties);
	}

	@Override
	public List<InetSocketAddress> servers(String jdbcUrl) {
		return driver(jdbcUrl).servers(jdbcUrl);
	}

	@Override
	public List<Remark> remarks(String jdbcUrl, Properties dataSourceProperties) {
		return driver(jdbcUrl).remarks(jdbcUrl, dataSourceProperties);
	}

	@Override
	public Timeouts timeouts(String jdbcUrl, Properties dataSourceProperties) {
		return driver(jdbcUrl).timeouts(jdbcUrl, dataSourceProperties);
	}

	@Override
	public Properties probeProperties(String jdbcUrl, Duration deadline) {
		return driver(jdbcUrl).probeProperties(jdbcUrl, deadline);
	}

	@Override
	public Properties connectProperties(String jdbcUrl, Duration connectTimeout) {
		return driver(jdbcUrl).connectProperties(jdbcUrl, connectTimeout);
	}

	@Override
	public Optional<SocketFactorySettings> socketFactory(String jdbcUrl, Properties properties) {
		return driver(jdbcUrl).socketFactory(jdbcUrl, properties);
	}

}
