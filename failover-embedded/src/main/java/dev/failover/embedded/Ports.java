package dev.failover.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of the loopback interface. Free ports are taken from below the range that
 * operating systems use for outgoing connections, so that no such connection takes the
 * port of a server that is stopped for a while.
 */
final class Ports {

	private static final int LOWEST = 15000;

	private static final int BOUND = 32000;

	private static final int ATTEMPTS = 200;

	private Ports() {
	}

	static InetSocketAddress address(int port) {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
	}

	static int free() throws IOException {
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			int port = ThreadLocalRandom.current().nextInt(LOWEST, BOUND);
			if (isFree(port)) {
				return port;
			}
		}
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
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

}
