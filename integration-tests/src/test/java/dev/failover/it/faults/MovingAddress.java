package dev.failover.it.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.failover.embedded.EmbeddedPair;

/**
 * An address that leads to one port of this machine and can be moved to another, as a
 * name does when a cluster is replaced. Open connections are cut when it moves.
 */
final class MovingAddress implements AutoCloseable {

	private final ServerSocket server;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private volatile int target;

	private MovingAddress(ServerSocket server, int target) {
		this.server = server;
		this.target = target;
	}

	static MovingAddress to(int port) {
		try {
			MovingAddress address = new MovingAddress(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
			start("moving-address", address::accept);
			return address;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void start(String name, Runnable work) {
		Thread thread = new Thread(work, name);
		thread.setDaemon(true);
		thread.start();
	}

	String jdbcUrl(EmbeddedPair pair) {
		return "jdbc:postgresql://127.0.0.1:" + this.server.getLocalPort() + "/" + pair.database();
	}

	void moveTo(int port) {
		this.target = port;
		closeAll();
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket client = this.server.accept();
				Socket peer = new Socket(InetAddress.getLoopbackAddress(), this.target);
				this.open.add(client);
				this.open.add(peer);
				start("moving-address-up", () -> copy(client, peer));
				start("moving-address-down", () -> copy(peer, client));
			}
			catch (IOException ex) {
				// the target does not answer, or this address is closed
			}
		}
	}

	private void copy(Socket from, Socket to) {
		try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
			in.transferTo(out);
		}
		catch (IOException ex) {
			// one of both is closed
		}
		finally {
			this.open.remove(from);
			this.open.remove(to);
		}
	}

	private void closeAll() {
		this.open.forEach((socket) -> {
			try {
				socket.close();
			}
			catch (IOException ex) {
				// it is closed
			}
		});
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		closeAll();
	}

}
