package dev.failover.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Connection of a client to a server through a {@link TcpLink}, which forwards the bytes
 * with the faults of the link. Confined to the thread of the link.
 */
final class LinkConnection {

	private final SocketChannel client;

	private final SocketChannel server;

	private final SelectionKey clientKey;

	private final SelectionKey serverKey;

	private final LinkFlow toServer;

	private final LinkFlow toClient;

	private final long connectAt;

	private @Nullable InetSocketAddress target;

	private boolean closed;

	/**
	 * Create the connection of a client.
	 * @param client the client's socket
	 * @param selector the selector of the link
	 * @param connectAt when to connect to the server ({@link System#nanoTime()})
	 */
	LinkConnection(SocketChannel client, Selector selector, long connectAt) throws IOException {
		this.client = client;
		this.server = SocketChannel.open();
		this.connectAt = connectAt;
		this.toServer = new LinkFlow(client, this.server);
		this.toClient = new LinkFlow(this.server, client);
		this.clientKey = register(client, selector);
		this.serverKey = register(this.server, selector);
	}

	private SelectionKey register(SocketChannel channel, Selector selector) throws IOException {
		channel.configureBlocking(false);
		channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
		return channel.register(selector, 0, this);
	}

	boolean isClosed() {
		return this.closed;
	}

	/**
	 * Return whether the connection leads to a server to which new connections no longer
	 * lead.
	 * @param targets the addresses to which new connections lead
	 * @return whether it leads elsewhere
	 */
	boolean leadsElsewhere(LinkTargets targets) {
		InetSocketAddress present = this.target;
		return present != null && !targets.contains(present);
	}

	/**
	 * Handle the events that the selector reports for one of the sockets.
	 * @param key the key of the socket
	 * @param buffer a scratch buffer
	 * @param due time at which bytes that are read now are forwarded
	 * ({@link System#nanoTime()})
	 */
	void handle(SelectionKey key, ByteBuffer buffer, long due) {
		if (this.closed || !key.isValid()) {
			return;
		}
		LinkFlow from = (key == this.clientKey) ? this.toServer : this.toClient;
		LinkFlow to = (key == this.clientKey) ? this.toClient : this.toServer;
		if (key.isConnectable()) {
			finishConnect(due);
		}
		else if (key.isReadable()) {
			from.read(buffer, due);
		}
		if (key.isValid() && key.isWritable()) {
			to.sinkWritable();
		}
	}

	private void finishConnect(long due) {
		try {
			this.server.finishConnect();
		}
		catch (IOException ex) {
			this.toClient.reset(due);
		}
	}

	/**
	 * Connect to the server and write what is due, as far as the faults allow.
	 * @param faults the faults of the link
	 * @param targets the addresses to which new connections lead
	 * @param now the current time ({@link System#nanoTime()})
	 * @return the time in nanoseconds after which there is something to do even without
	 * an event, {@link Long#MAX_VALUE} for none
	 */
	long advance(LinkFaults faults, LinkTargets targets, long now) {
		boolean connected = this.server.isConnected();
		boolean cutToServer = faults.isCut(Link.Direction.TO_SERVER);
		if (!connected && this.toServer.isEnded()) {
			// the client has closed the connection before the connection to the server
			// was opened
			close();
		}
		if (!connected && this.target == null && !cutToServer && this.connectAt - now <= 0) {
			connect(targets.next(), now);
		}
		if (connected && !cutToServer) {
			write(this.toServer, this.toClient, now + faults.oneWayNanos(), now);
		}
		if (!faults.isCut(Link.Direction.TO_CLIENT)) {
			write(this.toClient, this.toServer, now + faults.oneWayNanos(), now);
		}
		if (this.toServer.isFinished() && this.toClient.isFinished()) {
			close();
		}
		return this.closed ? Long.MAX_VALUE : updateInterest(faults, now);
	}

	private void connect(Optional<InetSocketAddress> chosen, long now) {
		if (this.closed) {
			return;
		}
		if (chosen.isEmpty()) {
			resetBoth();
			return;
		}
		this.target = chosen.get();
		try {
			this.server.connect(chosen.get());
		}
		catch (IOException ex) {
			this.toClient.reset(now);
		}
	}

	private void write(LinkFlow flow, LinkFlow opposite, long due, long now) {
		if (this.closed) {
			return;
		}
		try {
			if (!flow.write(now)) {
				resetBoth();
			}
		}
		catch (IOException ex) {
			flow.finish();
			opposite.reset(due);
		}
	}

	private long updateInterest(LinkFaults faults, long now) {
		boolean connected = this.server.isConnected();
		boolean connecting = this.target != null;
		this.clientKey.interestOps(interest(this.toServer, this.toClient));
		if (this.serverKey.isValid()) {
			// the key is invalid when the server has refused, before the refusal has
			// reached the client
			this.serverKey.interestOps(
					connected ? interest(this.toClient, this.toServer) : connecting ? SelectionKey.OP_CONNECT : 0);
		}
		long next = Long.MAX_VALUE;
		if (!faults.isCut(Link.Direction.TO_SERVER)) {
			next = connected ? this.toServer.nanosToNext(now)
					: connecting ? Long.MAX_VALUE : Math.max(0, this.connectAt - now);
		}
		return faults.isCut(Link.Direction.TO_CLIENT) ? next : Math.min(next, this.toClient.nanosToNext(now));
	}

	private static int interest(LinkFlow from, LinkFlow to) {
		return (from.hasCapacity() ? SelectionKey.OP_READ : 0) | (to.isSinkFull() ? SelectionKey.OP_WRITE : 0);
	}

	/**
	 * Forward all delayed bytes at once.
	 * @param now the current time ({@link System#nanoTime()})
	 */
	void releaseDelayed(long now) {
		this.toServer.releaseDelayed(now);
		this.toClient.releaseDelayed(now);
	}

	/**
	 * Reset the connections to the client and to the server.
	 */
	void resetBoth() {
		resetOnClose(this.client);
		resetOnClose(this.server);
		close();
	}

	private static void resetOnClose(SocketChannel channel) {
		try {
			channel.setOption(StandardSocketOptions.SO_LINGER, 0);
		}
		catch (IOException ex) {
			// the socket is already closed
		}
	}

	private void close() {
		this.closed = true;
		closeQuietly(this.client);
		closeQuietly(this.server);
	}

	private static void closeQuietly(SocketChannel channel) {
		try {
			channel.close();
		}
		catch (IOException ex) {
			// the socket is already broken
		}
	}

}
