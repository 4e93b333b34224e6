package dev.failover.dialect;

import java.net.InetSocketAddress;
import java.sql.Connection;
import java.util.List;
import java.util.Properties;

/**
 * Of a database whose dialect tells nothing.
 */
final class UnknownPreflight implements Preflight {

	@Override
	public List<InetSocketAddress> servers(String jdbcUrl) {
		return List.of();
	}

	@Override
	public DriverTimeouts timeouts(String jdbcUrl, Properties dataSourceProperties) {
		return DriverTimeouts.UNSET;
	}

	@Override
	public ServerFacts read(Connection connection) {
		return ServerFacts.NOTHING;
	}

	@Override
	public String synchronousRemedy() {
		return "If none may be lost, let the database wait for its follower before it acknowledges a commit.";
	}

}
