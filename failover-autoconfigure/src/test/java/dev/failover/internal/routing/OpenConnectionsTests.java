package dev.failover.internal.routing;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
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

	@Test
	void aConnectionIsAbortedOnce() throws Exception {
		try (StubServer server = new StubServer();
				Connection connection = this.open.open((sockets) -> server.connect())) {
			this.open.abortAll(this.work::add);
			this.open.abortAll(this.work::add);
			assertThat(this.work).hasSize(1);
			assertThat(connection.isClosed()).isFalse();
		}
	}

	@Test
	void countsTheConnectionsThatAreStillOpen() throws Exception {
		try (StubServer server = new StubServer()) {
			Connection one = this.open.open((sockets) -> server.connect());
			Connection other = this.open.open((sockets) -> server.connect());
			assertThat(this.open.count()).isEqualTo(2);
			one.close();
			assertThat(this.open.count()).isOne();
			other.close();
			assertThat(this.open.count()).isZero();
		}
	}

	/** The pool asks for the number while it renews its connections. */
	@Test
	void aConnectionThatCannotTellWhetherItIsOpenIsNotCounted() throws Exception {
		Connection broken = (Connection) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> switch (method.getName()) {
					case "hashCode" -> 1;
					case "equals" -> proxy == arguments[0];
					default -> throw new SQLException("broken");
				});
		assertThat((Object) this.open.open((sockets) -> broken)).isSameAs(broken);
		assertThat(this.open.count()).isZero();
	}

	@Test
	void theSocketsOfAConnectionThatCouldNotBeOpenedAreForgotten() throws Exception {
		try (ServerSocket listener = new ServerSocket(0)) {
			List<ConnectionSockets> failed = new ArrayList<>();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> this.open.open((sockets) -> {
				failed.add(sockets);
				throw new SQLException("refused");
			}));
			this.open.resetAll(this.work::add);
			try (Socket socket = socket(failed.get(0), listener)) {
				assertThat(socket.isClosed()).isFalse();
			}
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
