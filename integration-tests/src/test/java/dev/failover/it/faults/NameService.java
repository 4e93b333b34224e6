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
 * A socket factory for the driver that resolves the names of servers itself, at each
 * connect, as {@link InetAddress} does without a cache. Names can move or be removed.
 * Java 17 has no other extension point for a resolver.
 */
public final class NameService extends SocketFactory {

	private static final Map<String, Integer> PORTS = new ConcurrentHashMap<>();

	private final String name;

	/**
	 * Creates a factory; called by the driver.
	 * @param name the value of the driver's property {@code socketFactoryArg}
	 */
	public NameService(String name) {
		this.name = name;
	}

	/**
	 * Maps a name to a port of this machine.
	 */
	static void map(String name, int port) {
		PORTS.put(name, port);
	}

	static void remove(String name) {
		PORTS.remove(name);
	}

	/**
	 * Returns a URL whose address is resolved by this class.
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
		throw new IOException("The driver connects the socket itself");
	}

	@Override
	public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
		throw new IOException("The driver connects the socket itself");
	}

	@Override
	public Socket createSocket(InetAddress host, int port) throws IOException {
		throw new IOException("The driver connects the socket itself");
	}

	@Override
	public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
		throw new IOException("The driver connects the socket itself");
	}

}
