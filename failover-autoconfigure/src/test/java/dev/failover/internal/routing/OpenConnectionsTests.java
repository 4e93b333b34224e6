package dev.failover.internal.routing;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import dev.failover.internal.socket.ConnectionSockets;
import dev.failover.test.stub.StubServer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link OpenConnections}.
 */
final class OpenConnectionsTests {

	private final OpenConnections open = new OpenConnections();

	private final List<Runnable> work = new ArrayList<>();

	@Test
	void abortsConnectionsOnWorkerThreads() throws Exception {
		try (StubServer server = new StubServer()) {
			List<?> connections = List.of(this.open.open((sockets) -> server.connect()),
					this.open.open((sockets) -> server.connect()));
			this.open.abortAll(this.work::add);
			assertThat(connections).hasSize(2);
			assertThat(server.aborts()).isZero();
			assertThat(this.work).hasSize(2);
			this.work.forEach(Runnable::run);
			assertThat(server.aborts()).isEqualTo(2);
			assertThat(this.open.count()).isZero();
		}
	}

	@Test
	void closesTheSocketsBeforeAnyWorkerIsNeeded() throws Exception {
		try (StubServer server = new StubServer(); ServerSocket listener = new ServerSocket(0)) {
			List<Socket> opened = new ArrayList<>();
			Object connection = this.open.open((sockets) -> {
				opened.add(socket(sockets, listener));
				return server.connect();
			});
			this.open.resetAll(this.work::add);
			assertThat(opened).hasSize(1).allMatch(Socket::isClosed);
			assertThat(server.aborts()).isZero();
			this.work.forEach(Runnable::run);
			assertThat(server.aborts()).isOne();
			assertThat(connection).isNotNull();
		}
	}

	@Test
	void closesTheSocketsOfAConnectionThatIsBeingOpened() throws Exception {
		try (ServerSocket listener = new ServerSocket(0)) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.open.open((sockets) -> {
				Socket socket = socket(sockets, listener);
				this.open.resetAll(this.work::add);
				assertThat(socket.isClosed()).isTrue();
				socket(sockets, listener);
				throw new AssertionError("A closed connection got another socket");
			}));
			assertThat(this.work).isEmpty();
		}
	}

	private static Socket socket(ConnectionSockets sockets, ServerSocket listener) throws SQLException {
		try {
			return sockets.add(new Socket(listener.getInetAddress(), listener.getLocalPort()));
		}
		catch (IOException ex) {
			throw new SQLException(ex);
		}
	}

}
