package dev.failover.internal.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;

import dev.failover.internal.concurrent.ConnectionAbort;
import dev.failover.internal.socket.ConnectionSockets;

/**
 * Physical connections of a pool that are open, held by weak references, and the sockets
 * of those that are being opened. Thread-safe.
 */
final class OpenConnections {

	private final Map<Connection, ConnectionSockets> open = new WeakHashMap<>();

	private final Set<ConnectionSockets> opening = new HashSet<>();

	/**
	 * Opens a connection and adds it.
	 */
	Connection open(Opening opening) throws SQLException {
		ConnectionSockets sockets = new ConnectionSockets();
		begin(sockets);
		try {
			Connection connection = opening.open(sockets);
			add(connection, sockets);
			return connection;
		}
		finally {
			end(sockets);
		}
	}

	private synchronized void begin(ConnectionSockets sockets) {
		this.opening.add(sockets);
	}

	private synchronized void add(Connection connection, ConnectionSockets sockets) {
		this.open.put(connection, sockets);
	}

	private synchronized void end(ConnectionSockets sockets) {
		this.opening.remove(sockets);
	}

	/**
	 * Returns the number of connections that are still open. Asks the driver, not the
	 * server.
	 */
	int count() {
		return (int) connections().stream().filter(OpenConnections::isOpen).count();
	}

	/**
	 * Closes the sockets of all connections, those that are being opened included, so
	 * that no thread waits for the server any more. Then aborts the connections as
	 * {@link #abortAll} does: a driver's abort can wait for a thread that uses the
	 * connection.
	 */
	void resetAll(Executor workers) {
		sockets().forEach((sockets) -> sockets.close(workers));
		abortAll(workers);
	}

	/**
	 * Aborts all connections, each on a worker, so that none delays the others. One is
	 * remembered until a worker will abort it.
	 */
	void abortAll(Executor workers) {
		connections().forEach((connection) -> {
			workers.execute(() -> ConnectionAbort.abort(connection, Runnable::run));
			remove(connection);
		});
	}

	private synchronized List<ConnectionSockets> sockets() {
		List<ConnectionSockets> all = new ArrayList<>(this.open.values());
		all.addAll(this.opening);
		return all;
	}

	private synchronized List<Connection> connections() {
		return new ArrayList<>(this.open.keySet());
	}

	private synchronized void remove(Connection connection) {
		this.open.remove(connection);
	}

	private static boolean isOpen(Connection connection) {
		try {
			return !connection.isClosed();
		}
		catch (SQLException ex) {
			return false;
		}
	}

	/**
	 * Opens one physical connection.
	 */
	@FunctionalInterface
	interface Opening {

		Connection open(ConnectionSockets sockets) throws SQLException;

	}

}
