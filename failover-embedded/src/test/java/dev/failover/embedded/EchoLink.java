package dev.failover.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An open link in front of a server that sends back every byte that it receives.
 *
 * @param link the link
 * @param server the server
 */
record EchoLink(TcpLink link, Server server) implements AutoCloseable {

	static EchoLink open() {
		try {
			EchoLink echo = new EchoLink(TcpLink.open("test"), new Server());
			echo.link.target(echo.server.port());
			echo.link.serverListens(true);
			return echo;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Client connect() throws IOException {
		return new Client(new Socket(InetAddress.getLoopbackAddress(), this.link.port()));
	}

	@Override
	public void close() throws IOException {
		this.link.close();
		this.server.close();
	}

	/**
	 * A client of the server.
	 *
	 * @param socket its connection
	 */
	record Client(Socket socket) implements AutoCloseable {

		private static final int TIMEOUT_MILLIS = 10_000;

		private static final int SILENCE_MILLIS = 100;

		String echo(String text) throws IOException {
			send(text);
			return receive(text.length());
		}

		void send(String text) throws IOException {
			this.socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
		}

		String receive(int count) throws IOException {
			this.socket.setSoTimeout(TIMEOUT_MILLIS);
			byte[] received = this.socket.getInputStream().readNBytes(count);
			if (received.length < count) {
				throw new SocketException("The connection was closed");
			}
			return new String(received, StandardCharsets.UTF_8);
		}

		void assertReceivesNothing() throws SocketException {
			this.socket.setSoTimeout(SILENCE_MILLIS);
			assertThatExceptionOfType(SocketTimeoutException.class)
				.isThrownBy(() -> this.socket.getInputStream().read());
		}

		void assertIsDisconnected() throws IOException {
			this.socket.setSoTimeout(TIMEOUT_MILLIS);
			InputStream in = this.socket.getInputStream();
			try {
				assertThat(in.read()).isNegative();
			}
			catch (SocketTimeoutException ex) {
				throw ex;
			}
			catch (SocketException ex) {
				assertThat(ex).hasMessageContaining("reset");
			}
		}

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

	/**
	 * The server.
	 */
	static final class Server implements AutoCloseable {

		private final ServerSocket listener;

		private final Thread acceptor;

		private final List<Socket> sockets = new CopyOnWriteArrayList<>();

		private final AtomicInteger received = new AtomicInteger();

		Server() throws IOException {
			this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
			this.acceptor = start(this::accept);
		}

		private static Thread start(Runnable task) {
			Thread thread = new Thread(task, "echo");
			thread.setDaemon(true);
			thread.start();
			return thread;
		}

		int port() {
			return this.listener.getLocalPort();
		}

		int acceptedConnections() {
			return this.sockets.size();
		}

		long openConnections() {
			return this.sockets.stream().filter((socket) -> !socket.isClosed()).count();
		}

		int receivedBytes() {
			return this.received.get();
		}

		void send(String text) throws IOException {
			this.sockets.get(0).getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
		}

		private void accept() {
			try {
				while (true) {
					Socket socket = this.listener.accept();
					this.sockets.add(socket);
					start(() -> echo(socket));
				}
			}
			catch (IOException ex) {
				// the server was closed
			}
		}

		private void echo(Socket socket) {
			try (socket) {
				byte[] buffer = new byte[1 << 16];
				int count = socket.getInputStream().read(buffer);
				while (count >= 0) {
					this.received.addAndGet(count);
					socket.getOutputStream().write(buffer, 0, count);
					count = socket.getInputStream().read(buffer);
				}
			}
			catch (IOException ex) {
				// the client has disconnected
			}
		}

		@Override
		public void close() throws IOException {
			this.listener.close();
			try {
				// a thread that accepts keeps the closed socket open until it has ended
				this.acceptor.join();
			}
			catch (InterruptedException ex) {
				throw new InterruptedIOException();
			}
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}

	}

}
