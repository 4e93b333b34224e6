package dev.failover.embedded;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that says back what it hears.
 */
final class EchoServer implements AutoCloseable {

	private final ServerSocket listener;

	private final Thread acceptor;

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private final AtomicInteger heard = new AtomicInteger();

	EchoServer() throws IOException {
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

	int accepted() {
		return this.sockets.size();
	}

	long open() {
		return this.sockets.stream().filter((socket) -> !socket.isClosed()).count();
	}

	int heard() {
		return this.heard.get();
	}

	void say(String words) throws IOException {
		this.sockets.get(0).getOutputStream().write(words.getBytes(StandardCharsets.UTF_8));
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
			// closed
		}
	}

	private void echo(Socket socket) {
		try (socket) {
			byte[] buffer = new byte[1 << 16];
			int count = socket.getInputStream().read(buffer);
			while (count >= 0) {
				this.heard.addAndGet(count);
				socket.getOutputStream().write(buffer, 0, count);
				count = socket.getInputStream().read(buffer);
			}
		}
		catch (IOException ex) {
			// the client has gone
		}
	}

	/**
	 * Wait for a thread: one that accepts keeps a closed listener open until it has
	 * noticed.
	 */
	private static void join(Thread thread) throws InterruptedIOException {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new InterruptedIOException();
		}
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		join(this.acceptor);
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

}
