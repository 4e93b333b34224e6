package dev.failover.stub;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Port behind which no server answers.
 */
public final class FaultyEndpoint implements Closeable {

	private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final Set<Socket> accepted = ConcurrentHashMap.newKeySet();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Fault fault;

	/**
	 * Opens the port, or leaves it closed if connections shall be refused.
	 */
	public FaultyEndpoint(Fault fault) throws IOException {
		this.fault = fault;
		if (fault == Fault.REFUSING) {
			this.listener.close();
		}
		else {
			this.threads.execute(this::accept);
		}
	}

	public int port() {
		return this.listener.getLocalPort();
	}

	/**
	 * Returns the number of connections that clients have open.
	 */
	public int connections() {
		return this.accepted.size();
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.listener.accept();
				this.accepted.add(socket);
				this.threads.execute(() -> serve(socket));
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	/**
	 * Waits for the first byte of the client, then does what the fault says.
	 */
	private void serve(Socket socket) {
		try (socket) {
			int read = socket.getInputStream().read();
			while (this.fault == Fault.SILENT && read >= 0) {
				read = socket.getInputStream().read();
			}
			socket.setSoLinger(this.fault == Fault.RESETTING, 0);
		}
		catch (IOException ex) {
			// the client has closed it
		}
		finally {
			this.accepted.remove(socket);
		}
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		for (Socket socket : this.accepted) {
			socket.close();
		}
		this.threads.shutdownNow();
	}

	/**
	 * Answer to a client that connects.
	 */
	public enum Fault {

		/** Nobody listens. */
		REFUSING,

		/** Reads and never answers. */
		SILENT,

		/** Closes the connection. */
		CLOSING,

		/** Closes the connection with a reset. */
		RESETTING

	}

}
