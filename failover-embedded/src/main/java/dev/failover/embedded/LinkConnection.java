package dev.failover.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * A client's connection through a link to the server. Confined to the link's thread.
 */
final class LinkConnection {

	private final SocketChannel client;

	private final SocketChannel server;

	private final SelectionKey clientKey;

	private final SelectionKey serverKey;

	private final LinkFlow toServer;

	private final LinkFlow toClient;

	private final long connectAt;

	private boolean connecting;

	private boolean closed;

	/**
	 * Create the connection of a client.
	 * @param client the client's socket
	 * @param selector the link's selector
	 * @param connectAt when the server may be reached ({@link System#nanoTime()})
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
	 * React to what the selector has found.
	 */
	void react(SelectionKey key, ByteBuffer buffer, long due) {
		if (this.closed || !key.isValid()) {
			return;
		}
		LinkFlow from = (key == this.clientKey) ? this.toServer : this.toClient;
		LinkFlow to = (key == this.clientKey) ? this.toClient : this.toServer;
		if (key.isConnectable()) {
			finishConnect(due);
		}
		else if (key.isReadable()) {
			from.take(buffer, due);
		}
		if (key.isValid() && key.isWritable()) {
			to.unblock();
		}
	}

	private void finishConnect(long due) {
		try {
			this.server.finishConnect();
		}
		catch (IOException ex) {
			this.toClient.breakOff(due);
		}
	}

	/**
	 * Move on as far as time and faults allow.
	 * @return in how many nanoseconds there is something to do without a new event
	 */
	long advance(LinkFaults faults, InetSocketAddress target, long now) {
		boolean connected = this.server.isConnected();
		if (!connected && this.toServer.isEnded()) {
			// the client has given up before the server ever heard of it
			close();
		}
		if (!connected && !this.connecting && !faults.cutToServer() && this.connectAt - now <= 0) {
			connect(target, now);
		}
		if (connected && !faults.cutToServer()) {
			give(this.toServer, this.toClient, now + faults.oneWayNanos(), now);
		}
		if (!faults.cutToClient()) {
			give(this.toClient, this.toServer, now + faults.oneWayNanos(), now);
		}
		if (this.toServer.isFinished() && this.toClient.isFinished()) {
			close();
		}
		return this.closed ? Long.MAX_VALUE : await(faults, now);
	}

	private void connect(InetSocketAddress target, long now) {
		if (this.closed) {
			return;
		}
		this.connecting = true;
		try {
			this.server.connect(target);
		}
		catch (IOException ex) {
			this.toClient.breakOff(now);
		}
	}

	private void give(LinkFlow flow, LinkFlow opposite, long due, long now) {
		if (this.closed) {
			return;
		}
		try {
			if (!flow.give(now)) {
				abort();
			}
		}
		catch (IOException ex) {
			flow.finish();
			opposite.breakOff(due);
		}
	}

	private long await(LinkFaults faults, long now) {
		boolean connected = this.server.isConnected();
		this.clientKey.interestOps(interest(this.toServer, this.toClient));
		if (this.serverKey.isValid()) {
			// it is not when the server has refused, which the client may not know yet
			this.serverKey.interestOps(
					connected ? interest(this.toClient, this.toServer) : this.connecting ? SelectionKey.OP_CONNECT : 0);
		}
		long next = Long.MAX_VALUE;
		if (!faults.cutToServer()) {
			next = connected ? this.toServer.nanosToNext(now)
					: this.connecting ? Long.MAX_VALUE : Math.max(0, this.connectAt - now);
		}
		return faults.cutToClient() ? next : Math.min(next, this.toClient.nanosToNext(now));
	}

	private static int interest(LinkFlow from, LinkFlow to) {
		return (from.wantsMore() ? SelectionKey.OP_READ : 0) | (to.isBlocked() ? SelectionKey.OP_WRITE : 0);
	}

	/**
	 * Make everything that a delay holds due at once.
	 */
	void hurry(long now) {
		this.toServer.hurry(now);
		this.toClient.hurry(now);
	}

	/**
	 * Reset both sides.
	 */
	void abort() {
		linger(this.client);
		linger(this.server);
		close();
	}

	private static void linger(SocketChannel channel) {
		try {
			channel.setOption(StandardSocketOptions.SO_LINGER, 0);
		}
		catch (IOException ex) {
			// already closed by the other side: nothing to reset
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
			// gone anyway
		}
	}

}
