package dev.failover.it.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.SocketFactory;

/**
 * Names of servers that can move or vanish: the driver's socket factory resolves them at
 * each connect, as {@link InetAddress} would with caching off. Java 17 has no other place
 * for a resolver of one's own.
 */
public final class NameService extends SocketFactory {

	private static final Map<String, Integer> PORTS = new ConcurrentHashMap<>();

	private final String name;

	/**
	 * Called by the driver with its property {@code socketFactoryArg}.
	 */
	public NameService(String name) {
		this.name = name;
	}

	/**
	 * Let a name lead to a port of this machine.
	 */
	static void point(String name, int port) {
		PORTS.put(name, port);
	}

	static void remove(String name) {
		PORTS.remove(name);
	}

	/**
	 * A URL whose address is looked up here.
	 */
	static String url(String jdbcUrl, String name) {
		return jdbcUrl + "?socketFactory=" + NameService.class.getName() + "&socketFactoryArg=" + name;
	}

	@Override
	public Socket createSocket() {
		String wanted = this.name;
		return new Socket() {

			@Override
			public void connect(SocketAddress address, int timeout) throws IOException {
				Integer port = PORTS.get(wanted);
				if (port == null) {
					throw new UnknownHostException(wanted);
				}
				super.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), timeout);
			}

		};
	}

	@Override
	public Socket createSocket(String host, int port) throws IOException {
		throw new IOException("The driver connects by itself");
	}

	@Override
	public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
		throw new IOException("The driver connects by itself");
	}

	@Override
	public Socket createSocket(InetAddress host, int port) throws IOException {
		throw new IOException("The driver connects by itself");
	}

	@Override
	public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
		throw new IOException("The driver connects by itself");
	}

}
