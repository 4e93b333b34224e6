package dev.failover.embedded;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * One PostgreSQL server of an {@link EmbeddedPair} with the link in front of it.
 */
public final class EmbeddedNode {

	EmbeddedNode() {
	}

	public String name() {
		throw new UnsupportedOperationException();
	}

	public String jdbcUrl() {
		throw new UnsupportedOperationException();
	}

	public String directJdbcUrl() {
		throw new UnsupportedOperationException();
	}

	public int port() {
		throw new UnsupportedOperationException();
	}

	public int directPort() {
		throw new UnsupportedOperationException();
	}

	public Link link() {
		throw new UnsupportedOperationException();
	}

	public void kill() {
		throw new UnsupportedOperationException();
	}

	public void stop(StopMode mode) {
		throw new UnsupportedOperationException();
	}

	public void start() {
		throw new UnsupportedOperationException();
	}

	public void restart() {
		throw new UnsupportedOperationException();
	}

	public void freeze() {
		throw new UnsupportedOperationException();
	}

	public void thaw() {
		throw new UnsupportedOperationException();
	}

	public void promote() {
		throw new UnsupportedOperationException();
	}

	public void promoteAlone() {
		throw new UnsupportedOperationException();
	}

	public void rejoin() {
		throw new UnsupportedOperationException();
	}

	public void killBackend(int pid) {
		throw new UnsupportedOperationException();
	}

	public boolean isRunning() {
		throw new UnsupportedOperationException();
	}

	public boolean isFrozen() {
		throw new UnsupportedOperationException();
	}

	public boolean isWritable() {
		throw new UnsupportedOperationException();
	}

	public Connection connect() throws SQLException {
		throw new UnsupportedOperationException();
	}

}
