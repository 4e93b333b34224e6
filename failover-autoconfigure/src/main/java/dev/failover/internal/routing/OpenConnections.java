package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;

import dev.failover.internal.concurrent.ConnectionAbort;

/**
 * Physical connections of a pool that are open, held by weak references. Thread-safe.
 */
final class OpenConnections {

	private final Set<Connection> open = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

	void add(Connection connection) {
		this.open.add(connection);
	}

	/**
	 * Returns the number of connections that are still open. Asks the driver, not the
	 * server.
	 */
	int count() {
		return (int) copy().stream().filter(OpenConnections::isOpen).count();
	}

	/**
	 * Aborts all connections, each on a worker, so that none delays the others.
	 */
	void abortAll(Executor workers) {
		List<Connection> all = copy();
		this.open.removeAll(all);
		all.forEach((connection) -> workers.execute(() -> ConnectionAbort.abort(connection, Runnable::run)));
	}

	private List<Connection> copy() {
		synchronized (this.open) {
			return new ArrayList<>(this.open);
		}
	}

	private static boolean isOpen(Connection connection) {
		try {
			return !connection.isClosed();
		}
		catch (SQLException ex) {
			return false;
		}
	}

}
