package dev.failover.dialect;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * {@link JdbcDriverSettings} of an unknown driver.
 */
final class UnknownDriverSettings implements JdbcDriverSettings {

	/**
	 * {@inheritDoc}
	 * <p>
	 * Returns the URL without scheme, credentials and parameters: host, port and database
	 * in the URLs of most drivers. What follows a separator before the first {@code =} is
	 * cut off, too: some drivers write parameters, and with them passwords, there.
	 */
	@Override
	public String address(String jdbcUrl) {
		return jdbcUrl.replaceFirst("[?;].*", "")
			.replaceFirst("^[^/@]*//|^jdbc:[^/@]*:", "")
			.replaceFirst("^.*@(//)?", "")
			.replaceFirst("(^|[:,/(])[^:,/(=]*=.*", "");
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Returns the whole URL: its parameters may name the database.
	 */
	@Override
	public Map<String, String> serverSelection(String jdbcUrl, Properties dataSourceProperties) {
		return Map.of("url", jdbcUrl);
	}

	@Override
	public List<InetSocketAddress> servers(String jdbcUrl) {
		return List.of();
	}

	@Override
	public Timeouts timeouts(String jdbcUrl, Properties dataSourceProperties) {
		return Timeouts.UNSET;
	}

	@Override
	public Properties probeProperties(String jdbcUrl, Duration deadline) {
		return new Properties();
	}

	@Override
	public Properties connectProperties(String jdbcUrl, Duration connectTimeout) {
		return new Properties();
	}

}
