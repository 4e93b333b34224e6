package dev.failover.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

/**
 * An open link with a server behind it that says everything back.
 *
 * @param link the link
 * @param server the server
 */
record EchoLink(TcpLink link, EchoServer server) implements AutoCloseable {

	static EchoLink open() {
		try {
			EchoLink echo = new EchoLink(TcpLink.open("test"), new EchoServer());
			echo.link.target(echo.server.port());
			echo.link.serverIsThere(true);
			return echo;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	EchoClient connect() throws IOException {
		return new EchoClient(new Socket(InetAddress.getLoopbackAddress(), this.link.port()));
	}

	@Override
	public void close() throws IOException {
		this.link.close();
		this.server.close();
	}

}
