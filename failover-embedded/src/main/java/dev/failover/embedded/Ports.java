package dev.failover.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports that are free. They lie below the range from which operating systems take
 * the ports of outgoing connections, so that a port which its owner gives up for a while
 * (a stopped server) is not taken by accident.
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
