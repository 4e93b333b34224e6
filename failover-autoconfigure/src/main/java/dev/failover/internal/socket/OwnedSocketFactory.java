package dev.failover.internal.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

import javax.net.SocketFactory;

/**
 * {@link SocketFactory} that adds what another factory creates to the sockets of a
 * connection.
 */
public class OwnedSocketFactory extends SocketFactory {

	private final SocketFactory delegate;

	private final ConnectionSockets sockets;

	/**
	 * Creates a factory.
	 * @param delegate creates the sockets
	 * @param sockets receives them
	 */
	public OwnedSocketFactory(SocketFactory delegate, ConnectionSockets sockets) {
		this.delegate = delegate;
		this.sockets = sockets;
	}

	@Override
	public Socket createSocket() throws IOException {
		return this.sockets.add(this.delegate.createSocket());
	}

	@Override
	public Socket createSocket(String host, int port) throws IOException {
		return this.sockets.add(this.delegate.createSocket(host, port));
	}

	@Override
	public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
		return this.sockets.add(this.delegate.createSocket(host, port, localHost, localPort));
	}

	@Override
	public Socket createSocket(InetAddress host, int port) throws IOException {
		return this.sockets.add(this.delegate.createSocket(host, port));
	}

	@Override
	public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
		return this.sockets.add(this.delegate.createSocket(host, port, localHost, localPort));
	}

}
