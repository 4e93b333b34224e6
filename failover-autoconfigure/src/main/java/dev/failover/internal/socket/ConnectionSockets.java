package dev.failover.internal.socket;

import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import dev.failover.dialect.JdbcDriverSettings.SocketFactorySettings;
import org.jspecify.annotations.Nullable;

/**
 * Sockets of one physical connection: its own, and those with which the driver cancels
 * statements or kills the session. They can be closed at any time, also while the driver
 * connects or logs in. Thread-safe.
 * <p>
 * The socket factories of this package find the sockets of a connection by their key,
 * which the driver hands over in the property {@value #KEY}.
 */
public final class ConnectionSockets {

	/** Name of the driver property that contains the key. */
	public static final String KEY = SocketFactorySettings.KEY;

	private final String key;

	private final List<Socket> open = new ArrayList<>(1);

	private boolean closed;

	/**
	 * Creates the sockets of a connection that is about to be opened.
	 */
	public ConnectionSockets() {
		this.key = SocketRegistry.register(this);
	}

	/**
	 * Returns the sockets with a key; new ones, which nobody closes, if there are none.
	 */
	public static ConnectionSockets find(@Nullable String key) {
		ConnectionSockets sockets = SocketRegistry.find(key);
		return (sockets != null) ? sockets : new ConnectionSockets();
	}

	String key() {
		return this.key;
	}

	/**
	 * Adds a socket.
	 * @throws SocketException if the sockets of the connection were closed; the socket is
	 * closed, too
	 */
	public synchronized <T extends Socket> T add(T socket) throws SocketException {
		if (this.closed) {
			closeQuietly(socket);
			throw new SocketException("The connection was aborted");
		}
		this.open.removeIf(Socket::isClosed);
		this.open.add(socket);
		return socket;
	}

	/**
	 * Closes all sockets, and each that is added later. Threads that read, write or
	 * connect are released at once, and what was written but not yet sent is discarded.
	 * Does not block: a plain socket does not when it is closed; another one, which a
	 * user's factory has made, is closed by the executor.
	 * @param executor executes what may block
	 */
	public void close(Executor executor) {
		for (Socket socket : takeAll()) {
			if (socket.getClass() == Socket.class) {
				reset(socket);
			}
			else {
				executor.execute(() -> reset(socket));
			}
		}
	}

	private synchronized List<Socket> takeAll() {
		this.closed = true;
		List<Socket> all = List.copyOf(this.open);
		this.open.clear();
		return all;
	}

	/**
	 * Closes a socket with a reset: a linger time of zero discards what the system has
	 * not sent yet. A close without it sends the rest, which a server that was frozen
	 * would still execute.
	 */
	private static void reset(Socket socket) {
		try {
			socket.setSoLinger(true, 0);
		}
		catch (Throwable ex) {
			// the socket is closed already, or its implementation has no such option
		}
		closeQuietly(socket);
	}

	private static void closeQuietly(Socket socket) {
		try {
			socket.close();
		}
		catch (Throwable ex) {
			// the socket is of no use any more
		}
	}

}
