package dev.failover.benchmarks.stub;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.util.Properties;
import java.util.logging.Logger;

import org.jspecify.annotations.Nullable;

/**
 * The driver of the {@link StubNode}s: connects at once, does no I/O. Named to pools by
 * its class, and never registered with {@link java.sql.DriverManager}. Thread-safe.
 */
public final class StubDriver implements Driver {

	@Override
	public @Nullable Connection connect(String url, Properties info) {
		StubNode node = StubNode.at(url);
		return (node != null) ? StubConnection.to(node) : null;
	}

	@Override
	public boolean acceptsURL(String url) {
		return StubNode.at(url) != null;
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
