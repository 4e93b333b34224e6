package dev.failover.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;

import static dev.failover.embedded.TimedAssertions.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that connect to a node all the time, so that its server is always starting a
 * backend. Their connections stay open until {@link #reconnect()}, so that their backends
 * do not end before.
 */
final class ConnectingClients implements AutoCloseable {

	private static final int CLIENTS = 16;

	private static final int CONNECTIONS = 40;

	private final NodeClient node;

	private final BlockingQueue<Connection> connections = new ArrayBlockingQueue<>(CONNECTIONS);

	private final List<CompletableFuture<Void>> clients = new ArrayList<>();

	private volatile boolean ended;

	ConnectingClients(NodeClient node) {
		this.node = node;
		for (int client = 1; client <= CLIENTS; client++) {
			String name = "client-" + client;
			this.clients.add(CompletableFuture.runAsync(this::connect, (task) -> new Thread(task, name).start()));
		}
	}

	private void connect() {
		try {
			while (!this.ended) {
				this.connections.put(this.node.connect());
			}
		}
		catch (SQLException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Close all connections and wait until there is a new one.
	 */
	void reconnect() throws SQLException {
		closeConnections();
		eventually(() -> assertThat(this.connections).isNotEmpty());
	}

	private void closeConnections() throws SQLException {
		List<Connection> open = new ArrayList<>();
		this.connections.drainTo(open);
		for (Connection connection : open) {
			connection.close();
		}
	}

	@Override
	public void close() {
		this.ended = true;
		eventually(() -> {
			closeConnections();
			assertThat(this.clients).allMatch(CompletableFuture::isDone);
		});
	}

}
