package dev.failover.internal.doctor;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import com.zaxxer.hikari.HikariConfig;
import dev.failover.Node;
import dev.failover.dialect.JdbcDriverSettings;

/**
 * How a node is configured, as far as checks need it.
 *
 * @param node the node
 * @param prefix prefix of its configuration properties
 * @param poolSize most connections of its pool
 * @param connectionTimeout how long a caller waits for a connection of its pool
 * @param timeouts time-outs that the user has set for the driver
 * @param servers servers that its URL names, not resolved
 */
public record NodeSettings(Node node, String prefix, int poolSize, Duration connectionTimeout,
		JdbcDriverSettings.Timeouts timeouts, List<InetSocketAddress> servers) {

	public NodeSettings {
		servers = List.copyOf(servers);
	}

	/**
	 * Take the settings from a pool's configuration.
	 * @param poolSize the configured size: that of a running pool can differ for a while
	 */
	public static NodeSettings of(Node node, String prefix, HikariConfig pool, int poolSize,
			JdbcDriverSettings driver) {
		String url = pool.getJdbcUrl();
		return new NodeSettings(node, prefix, poolSize, Duration.ofMillis(pool.getConnectionTimeout()),
				driver.timeouts(url, pool.getDataSourceProperties()), driver.servers(url));
	}

	/**
	 * The property of its pool with that name.
	 */
	String poolProperty(String name) {
		return this.prefix + ".hikari." + name;
	}

}
