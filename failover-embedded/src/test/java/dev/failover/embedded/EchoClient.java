package dev.failover.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A client of an {@link EchoServer}.
 *
 * @param socket its connection
 */
record EchoClient(Socket socket) implements AutoCloseable {

	String echo(String words) throws IOException {
		say(words);
		return hear(words.length());
	}

	void say(String words) throws IOException {
		this.socket.getOutputStream().write(words.getBytes(StandardCharsets.UTF_8));
	}

	String hear(int count) throws IOException {
		this.socket.setSoTimeout(10_000);
		byte[] heard = this.socket.getInputStream().readNBytes(count);
		if (heard.length < count) {
			throw new SocketException("The connection has ended");
		}
		return new String(heard, StandardCharsets.UTF_8);
	}

	void assertSilent() throws SocketException {
		this.socket.setSoTimeout(100);
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> this.socket.getInputStream().read());
	}

	void assertEnds() throws IOException {
		this.socket.setSoTimeout(10_000);
		InputStream in = this.socket.getInputStream();
		try {
			assertThat(in.read()).isNegative();
		}
		catch (SocketTimeoutException ex) {
			throw ex;
		}
		catch (SocketException ex) {
			assertThat(ex).hasMessageContaining("reset");
		}
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
