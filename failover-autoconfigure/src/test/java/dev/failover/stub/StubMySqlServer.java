package dev.failover.stub;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

/**
 * Server that speaks as much of the MySQL protocol as Connector/J and MariaDB Connector/J
 * need to log in and to run statements, with TLS if the client asks for it. It can be
 * frozen at any time and at each {@link Stage}: a frozen server accepts connections, as
 * its operating system does, but reads and writes nothing.
 */
public final class StubMySqlServer implements Closeable {

	private static final int RECEIVE_BUFFER = 1 << 16;

	private final Gate gate = new Gate();

	private final @Nullable SSLContext tls;

	private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Set<Socket> sessions = ConcurrentHashMap.newKeySet();

	private final AtomicInteger logins = new AtomicInteger();

	private final List<String> statements = new CopyOnWriteArrayList<>();

	private volatile @Nullable Stage freezeAt;

	/**
	 * Starts a server.
	 * @param tls used for clients that ask for TLS, or null
	 */
	public StubMySqlServer(@Nullable SSLContext tls) throws IOException {
		this.tls = tls;
		this.listener.setReceiveBufferSize(RECEIVE_BUFFER);
		this.threads.execute(this::accept);
	}

	public int port() {
		return this.listener.getLocalPort();
	}

	/**
	 * Freezes the server as soon as a client has reached a stage.
	 */
	public void freezeAt(Stage stage) {
		this.freezeAt = stage;
	}

	public void freeze() {
		this.gate.shut();
	}

	public void thaw() {
		this.freezeAt = null;
		this.gate.open();
	}

	/**
	 * Returns whether the server was frozen at the stage that it shall be frozen at.
	 */
	public boolean isFrozenAtStage() {
		return this.freezeAt == null;
	}

	/**
	 * Returns the number of sessions that have not ended.
	 */
	public int sessions() {
		return this.sessions.size();
	}

	public int logins() {
		return this.logins.get();
	}

	/**
	 * Returns the statements, other than queries, that were received completely.
	 */
	public List<String> statements() {
		return this.statements;
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.listener.accept();
				this.sessions.add(socket);
				this.threads.execute(() -> serve(socket));
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			this.gate.pass();
			Session session = new Session(socket);
			session.logIn();
			while (session.answer()) {
				this.gate.pass();
			}
		}
		catch (IOException ex) {
			// the client has gone, or the server is closed
		}
		finally {
			this.sessions.remove(socket);
		}
	}

	private void reached(Stage stage) throws IOException {
		if (stage == this.freezeAt) {
			this.gate.shut();
			this.freezeAt = null;
		}
		this.gate.pass();
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		this.threads.shutdownNow();
		for (Socket socket : this.sessions) {
			socket.close();
		}
	}

	/**
	 * Steps of a client.
	 */
	public enum Stage {

		/** It has asked for TLS. */
		TLS,

		/** It has sent its credentials. */
		LOGIN,

		/** It has sent a statement. */
		STATEMENT

	}

	/**
	 * Session of one client.
	 */
	private final class Session {

		private final Socket socket;

		private DataInputStream input;

		private OutputStream output;

		private int sequence;

		Session(Socket socket) throws IOException {
			this.socket = socket;
			this.input = guarded(socket.getInputStream());
			this.output = socket.getOutputStream();
		}

		private DataInputStream guarded(InputStream stream) {
			return new DataInputStream(StubMySqlServer.this.gate.guard(stream));
		}

		void logIn() throws IOException {
			SSLContext context = StubMySqlServer.this.tls;
			write(MySqlPackets.greeting(context != null));
			byte[] response = read();
			if (context != null && MySqlPackets.asksForTls(response)) {
				reached(Stage.TLS);
				SSLSocket secure = (SSLSocket) context.getSocketFactory()
					.createSocket(this.socket, "localhost", this.socket.getPort(), true);
				secure.setUseClientMode(false);
				this.input = guarded(secure.getInputStream());
				this.output = secure.getOutputStream();
				read();
			}
			reached(Stage.LOGIN);
			StubMySqlServer.this.logins.incrementAndGet();
			write(MySqlPackets.ok());
		}

		/**
		 * Answers one command.
		 * @return false if the client says good-bye
		 */
		boolean answer() throws IOException {
			byte[] command = read();
			if (command.length == 0 || command[0] == MySqlPackets.QUIT) {
				return false;
			}
			String sql = (command[0] == MySqlPackets.QUERY) ? MySqlPackets.statement(command) : "";
			if (MySqlPackets.isQuery(sql)) {
				if (!sql.contains("@@")) {
					reached(Stage.STATEMENT);
				}
				for (byte[] packet : MySqlPackets.row(sql)) {
					write(packet);
				}
			}
			else {
				StubMySqlServer.this.statements.add(sql);
				write(MySqlPackets.ok());
			}
			return true;
		}

		/**
		 * Reads a command, which can consist of several packets.
		 */
		private byte[] read() throws IOException {
			byte[] command = new byte[0];
			int length;
			do {
				length = this.input.read();
				if (length < 0) {
					return command;
				}
				length |= this.input.read() << 8;
				length |= this.input.read() << 16;
				this.sequence = this.input.read() + 1;
				int begun = command.length;
				command = Arrays.copyOf(command, begun + length);
				this.input.readFully(command, begun, length);
			}
			while (length == MySqlPackets.LONGEST);
			return command;
		}

		private void write(byte[] packet) throws IOException {
			StubMySqlServer.this.gate.pass();
			byte[] framed = new byte[packet.length + 4];
			framed[0] = (byte) packet.length;
			framed[1] = (byte) (packet.length >> 8);
			framed[2] = (byte) (packet.length >> 16);
			framed[3] = (byte) this.sequence++;
			System.arraycopy(packet, 0, framed, 4, packet.length);
			this.output.write(framed);
			this.output.flush();
		}

	}

}
