package dev.failover.internal.doctor;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import com.zaxxer.hikari.HikariConfig;
import dev.failover.Node;
import dev.failover.dialect.JdbcDriverSettings;
import dev.failover.dialect.JdbcDriverSettings.Remark;

/**
 * Configuration of a node, as far as checks need it.
 *
 * @param node the node
 * @param prefix prefix of its configuration properties
 * @param poolSize maximum size of its pool
 * @param connectionTimeout longest time that a caller waits for a connection of its pool
 * @param timeouts time-outs that the user has set for the driver
 * @param servers servers that its URL names, not resolved
 * @param remarks what its URL does together with failover
 */
public record NodeSettings(Node node, String prefix, int poolSize, Duration connectionTimeout,
		JdbcDriverSettings.Timeouts timeouts, List<InetSocketAddress> servers, List<Remark> remarks) {

	public NodeSettings {
		servers = List.copyOf(servers);
		remarks = List.copyOf(remarks);
	}

	/**
	 * Creates the settings from the configuration of a pool.
	 * @param poolSize the configured size; that of a running pool can differ for a while
	 */
	public static NodeSettings of(Node node, String prefix, HikariConfig pool, int poolSize,
			JdbcDriverSettings driver) {
		String url = pool.getJdbcUrl();
		return new NodeSettings(node, prefix, poolSize, Duration.ofMillis(pool.getConnectionTimeout()),
				driver.timeouts(url, pool.getDataSourceProperties()), driver.servers(url),
				driver.remarks(url, pool.getDataSourceProperties()));
	}

	/**
	 * Returns the full name of a property of the pool.
	 */
	String poolProperty(String name) {
		return this.prefix + ".hikari." + name;
	}

}
