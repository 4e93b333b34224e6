package dev.failover.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of the loopback interface, below the range that operating systems use for
 * outgoing connections: none of those takes the port of a server that is down.
 */
final class Ports {

	private static final int LOWEST = 15000;

	private static final int BOUND = 32000;

	private Ports() {
	}

	static int free() {
		int port = ThreadLocalRandom.current().nextInt(LOWEST, BOUND);
		while (!isFree(port)) {
			port = ThreadLocalRandom.current().nextInt(LOWEST, BOUND);
		}
		return port;
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.bind(address(port), 1);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Returns whether a server accepts connections at a port.
	 */
	static boolean accepts(int port) {
		try (Socket socket = new Socket()) {
			socket.connect(address(port), 1000);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static InetSocketAddress address(int port) {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
	}

}
