package dev.failover.test.stub;

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
 * The JDBC driver of all stub servers, which it finds by their URLs. Pools use it by its
 * class name; it is not registered with {@link java.sql.DriverManager}. Thread-safe.
 */
public final class StubDriver implements Driver {

	private static final String SCRIPTED = "jdbc:stub:";

	private static final Map<String, StubBackend> SERVERS = new ConcurrentHashMap<>();

	static void add(StubBackend server) {
		SERVERS.put(server.url(), server);
	}

	static void remove(StubBackend server) {
		SERVERS.remove(server.url());
	}

	/**
	 * Returns a URL of its own for the server with that number.
	 */
	static String url(int number) {
		return SCRIPTED + number;
	}

	private static @Nullable StubBackend find(String url) {
		StubBackend exact = SERVERS.get(url);
		return (exact != null) ? exact
				: SERVERS.values().stream().filter((server) -> server.accepts(url)).findFirst().orElse(null);
	}

	@Override
	public @Nullable Connection connect(String url, Properties info) throws SQLException {
		StubBackend server = find(url);
		if (server != null) {
			return server.connect(info);
		}
		if (url.startsWith(SCRIPTED)) {
			throw new SQLException("connection refused: " + url, "08001");
		}
		return null;
	}

	@Override
	public boolean acceptsURL(String url) {
		return url.startsWith(SCRIPTED) || find(url) != null;
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
