package dev.failover.page;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Server that speaks enough of the protocol of PostgreSQL to refuse each login with a
 * text. Thread-safe.
 */
final class HostileServer implements AutoCloseable {

	/** Code of a request to start up, version 3; others ask for encryption. */
	private static final int STARTUP_MAJOR = 3;

	private final ServerSocket socket;

	private final byte[] refusal;

	HostileServer(String text) {
		this.refusal = refusal(text);
		try {
			this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Thread thread = new Thread(this::serve, "hostile-server");
		thread.setDaemon(true);
		thread.start();
	}

	private static byte[] refusal(String text) {
		byte[] fields = ("SFATAL\0VFATAL\0C28000\0M" + text + "\0\0").getBytes(StandardCharsets.UTF_8);
		ByteArrayOutputStream message = new ByteArrayOutputStream();
		try (DataOutputStream out = new DataOutputStream(message)) {
			out.writeByte('E');
			out.writeInt(fields.length + Integer.BYTES);
			out.write(fields);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return message.toByteArray();
	}

	int port() {
		return this.socket.getLocalPort();
	}

	private void serve() {
		while (!this.socket.isClosed()) {
			try (Socket client = this.socket.accept()) {
				client.setSoTimeout(1000);
				refuse(client);
			}
			catch (IOException ex) {
				// the client has gone, or this server has been closed
			}
		}
	}

	private void refuse(Socket client) throws IOException {
		DataInputStream in = new DataInputStream(client.getInputStream());
		while (true) {
			int length = in.readInt();
			int code = in.readInt();
			in.skipNBytes(length - 2L * Integer.BYTES);
			if (code >>> Short.SIZE == STARTUP_MAJOR) {
				client.getOutputStream().write(this.refusal);
				return;
			}
			client.getOutputStream().write('N');
		}
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
