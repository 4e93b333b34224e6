package dev.failover.dialect;

import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/**
 * What one database product and its driver tell before an outage of what would hurt in
 * it. Thread-safe.
 */
public interface Preflight {

	/**
	 * Knows nothing of any database.
	 */
	Preflight NONE = new UnknownPreflight();

	/**
	 * Servers that a JDBC URL names, not resolved; empty if they are not known.
	 */
	List<InetSocketAddress> servers(String jdbcUrl);

	/**
	 * Time-outs that a user has set for the driver, in the URL or among the data source
	 * properties.
	 */
	DriverTimeouts timeouts(String jdbcUrl, Properties dataSourceProperties);

	/**
	 * Read with cheap queries that take no locks what a server offers this login.
	 */
	ServerFacts read(Connection connection) throws SQLException;

	/**
	 * What to do so that commits wait for a follower, as one sentence.
	 */
	String synchronousRemedy();

}
