package dev.failover.stub;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;

import org.jspecify.annotations.Nullable;

/**
 * The JDBC driver of {@link StubServer}s, found by their URLs. Named to HikariCP by its
 * class, and never registered with {@link java.sql.DriverManager}.
 */
public final class StubDriver implements Driver {

	private static final Map<String, StubServer> SERVERS = new ConcurrentHashMap<>();

	static void add(StubServer server) {
		SERVERS.put(server.url(), server);
	}

	static void remove(StubServer server) {
		SERVERS.remove(server.url());
	}

	@Override
	public @Nullable Connection connect(String url, Properties info) throws SQLException {
		if (!acceptsURL(url)) {
			return null;
		}
		StubServer server = SERVERS.get(url);
		if (server == null) {
			throw new SQLException("connection refused: " + url, "08001");
		}
		return server.connect();
	}

	@Override
	public boolean acceptsURL(String url) {
		return url.startsWith("jdbc:stub:");
	}

	@Override
	public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
		return new DriverPropertyInfo[0];
	}

	@Override
	public int getMajorVersion() {
		return 1;
	}

	@Override
	public int getMinorVersion() {
		return 0;
	}

	@Override
	public boolean jdbcCompliant() {
		return false;
	}

	@Override
	public Logger getParentLogger() {
		return Logger.getLogger(Logger.GLOBAL_LOGGER_NAME);
	}

}
