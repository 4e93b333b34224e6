package dev.failover.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.failover.embedded.SharedPair.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Link}, with a server that says everything back.
 */
class LinkTests {

	private TcpLink link;

	private EchoServer server;

	@BeforeEach
	void open() throws IOException {
		this.server = new EchoServer();
		this.link = TcpLink.open("test");
		this.link.target(this.server.port());
		this.link.serverIsThere(true);
	}

	@AfterEach
	void close() throws IOException {
		this.link.close();
		this.server.close();
	}

	@Test
	void bytesPassInBothDirections() throws IOException {
		try (Socket client = connect()) {
			assertThat(echo(client, "hello")).isEqualTo("hello");
		}
	}

	@Test
	void muchPassesAlthoughTheClientReadsLate() throws Exception {
		byte[] much = new byte[8 << 20];
		new Random(1).nextBytes(much);
		try (Socket client = connect()) {
			Thread writer = new Thread(() -> {
				try {
					client.getOutputStream().write(much);
					client.shutdownOutput();
				}
				catch (IOException ex) {
					throw new IllegalStateException(ex);
				}
			});
			writer.start();
			eventually(() -> assertThat(client.getInputStream().available()).isPositive());
			assertThat(client.getInputStream().readAllBytes()).isEqualTo(much);
			writer.join();
		}
	}

	@Test
	void theEndOfOneDirectionPasses() throws IOException {
		try (Socket client = connect()) {
			client.getOutputStream().write("last words".getBytes(StandardCharsets.UTF_8));
			client.shutdownOutput();
			assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("last words");
		}
		eventually(() -> assertThat(this.server.open()).isZero());
	}

	@Test
	void aCutSwallowsBytesUntilItHeals() throws IOException {
		try (Socket client = connect()) {
			assertThat(echo(client, "a")).isEqualTo("a");
			this.link.cut();
			say(client, "b");
			assertSilent(client);
			say(client, "c");
			this.link.heal();
			assertThat(hear(client, 2)).isEqualTo("bc");
		}
	}

	@Test
	void aCutToTheServerLetsAnswersPass() throws IOException {
		try (Socket client = connect()) {
			assertThat(echo(client, "a")).isEqualTo("a");
			this.link.cut(Direction.TO_SERVER);
			say(client, "b");
			assertSilent(client);
			assertThat(this.server.heard()).isEqualTo(1);
			this.server.say("news");
			assertThat(hear(client, 4)).isEqualTo("news");
		}
	}

	@Test
	void aCutToTheClientLetsQuestionsPass() throws IOException {
		try (Socket client = connect()) {
			assertThat(echo(client, "a")).isEqualTo("a");
			this.link.cut(Direction.TO_CLIENT);
			say(client, "b");
			eventually(() -> assertThat(this.server.heard()).isEqualTo(2));
			assertSilent(client);
		}
	}

	@Test
	void aCutHidesThatTheServerHasGone() throws IOException {
		try (Socket client = connect()) {
			assertThat(echo(client, "a")).isEqualTo("a");
			this.link.cut();
			this.server.close();
			this.link.serverIsThere(false);
			assertSilent(client);
			try (Socket late = connect()) {
				assertSilent(late);
			}
			this.link.heal();
			assertThatEnds(client);
		}
		assertThatExceptionOfType(ConnectException.class).isThrownBy(this::connect);
	}

	@Test
	void aConnectionMadeDuringACutWorksOnceItHeals() throws IOException {
		this.link.cut();
		try (Socket client = connect()) {
			say(client, "early");
			assertSilent(client);
			assertThat(this.server.accepted()).isZero();
			this.link.heal();
			assertThat(hear(client, 5)).isEqualTo("early");
		}
	}

	@Test
	void aClientThatGivesUpDuringACutIsNeverHeardOf() throws IOException {
		this.link.cut();
		connect().close();
		try (Socket client = connect()) {
			assertSilent(client);
			this.link.heal();
			assertThat(echo(client, "a")).isEqualTo("a");
		}
		assertThat(this.server.accepted()).isEqualTo(1);
	}

	@Test
	void aResetEndsOldAndNewConnectionsUntilItHeals() throws IOException {
		try (Socket client = connect()) {
			assertThat(echo(client, "a")).isEqualTo("a");
			this.link.reset();
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> hear(client, 1));
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> {
				try (Socket late = connect()) {
					echo(late, "b");
				}
			});
		}
		eventually(() -> assertThat(this.server.open()).isZero());
		this.link.heal();
		try (Socket client = connect()) {
			assertThat(echo(client, "c")).isEqualTo("c");
		}
	}

	@Test
	void aRefusalSparesOpenConnections() throws IOException {
		try (Socket client = connect()) {
			assertThat(echo(client, "a")).isEqualTo("a");
			this.link.refuse();
			assertThatExceptionOfType(ConnectException.class).isThrownBy(this::connect);
			assertThat(echo(client, "b")).isEqualTo("b");
			this.link.heal();
			connect().close();
		}
	}

	@Test
	void aServerThatIsNotThereIsRefused() throws IOException {
		this.link.serverIsThere(false);
		assertThatExceptionOfType(ConnectException.class).isThrownBy(this::connect);
		this.link.serverIsThere(true);
		this.server.close();
		try (Socket client = connect()) {
			assertThatEnds(client);
		}
	}

	@Test
	void aRefusalByTheServerComesLateThroughASlowOrCutLink() throws IOException {
		this.server.close();
		this.link.delay(Duration.ofMillis(300));
		try (Socket client = connect()) {
			assertSilent(client);
			assertThatEnds(client);
		}
		this.link.heal();
		this.link.cut(Direction.TO_CLIENT);
		try (Socket client = connect()) {
			assertSilent(client);
			this.link.heal();
			assertThatEnds(client);
		}
	}

	@Test
	void aDelayMakesARoundTripLongerAndKeepsTheOrder() throws IOException {
		try (Socket client = connect()) {
			assertThat(echo(client, "a")).isEqualTo("a");
			this.link.delay(Duration.ofMillis(120));
			long began = System.nanoTime();
			for (char letter = 'b'; letter <= 'z'; letter++) {
				say(client, String.valueOf(letter));
			}
			assertThat(hear(client, 25)).isEqualTo("bcdefghijklmnopqrstuvwxyz");
			assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(119));
			this.link.delay(Duration.ofHours(1));
			say(client, "!");
			assertSilent(client);
			this.link.heal();
			assertThat(hear(client, 1)).isEqualTo("!");
		}
	}

	@Test
	void aShareOfNewConnectionsIsDropped() throws IOException {
		assertThat(dropped(0.5, 100)).isBetween(20, 80);
		assertThat(dropped(0, 20)).isZero();
		assertThat(dropped(1, 20)).isEqualTo(20);
	}

	@Test
	void impossibleFaultsAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.link.dropConnections(1.1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.link.dropConnections(Double.NaN));
		assertThatIllegalArgumentException().isThrownBy(() -> this.link.delay(Duration.ofMillis(-1)));
	}

	@Test
	void aClosedLinkResetsItsConnectionsAndTakesNoMoreOrders() throws IOException {
		try (Socket client = connect()) {
			assertThat(echo(client, "a")).isEqualTo("a");
			this.link.close();
			assertThatEnds(client);
			this.link.heal();
		}
		assertThatExceptionOfType(ConnectException.class).isThrownBy(this::connect);
	}

	private int dropped(double share, int attempts) throws IOException {
		this.link.dropConnections(share);
		int dropped = 0;
		for (int i = 0; i < attempts; i++) {
			try (Socket client = connect()) {
				echo(client, "a");
			}
			catch (SocketException ex) {
				dropped++;
			}
		}
		return dropped;
	}

	private Socket connect() throws IOException {
		return new Socket(InetAddress.getLoopbackAddress(), this.link.port());
	}

	private static String echo(Socket client, String words) throws IOException {
		say(client, words);
		return hear(client, words.length());
	}

	private static void say(Socket client, String words) throws IOException {
		client.getOutputStream().write(words.getBytes(StandardCharsets.UTF_8));
	}

	private static String hear(Socket client, int count) throws IOException {
		client.setSoTimeout(10_000);
		byte[] heard = client.getInputStream().readNBytes(count);
		if (heard.length < count) {
			throw new SocketException("The connection has ended");
		}
		return new String(heard, StandardCharsets.UTF_8);
	}

	private static void assertSilent(Socket client) throws SocketException {
		client.setSoTimeout(100);
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> client.getInputStream().read());
	}

	private static void assertThatEnds(Socket client) throws IOException {
		client.setSoTimeout(10_000);
		InputStream in = client.getInputStream();
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

	/**
	 * A server that says back what it hears.
	 */
	private static final class EchoServer implements AutoCloseable {

		private final ServerSocket listener;

		private final Thread acceptor;

		private final List<Socket> sockets = new CopyOnWriteArrayList<>();

		private final AtomicInteger heard = new AtomicInteger();

		EchoServer() throws IOException {
			this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
			this.acceptor = start(this::accept);
		}

		private static Thread start(Runnable task) {
			Thread thread = new Thread(task, "echo");
			thread.setDaemon(true);
			thread.start();
			return thread;
		}

		int port() {
			return this.listener.getLocalPort();
		}

		int accepted() {
			return this.sockets.size();
		}

		long open() {
			return this.sockets.stream().filter((socket) -> !socket.isClosed()).count();
		}

		int heard() {
			return this.heard.get();
		}

		void say(String words) throws IOException {
			LinkTests.say(this.sockets.get(0), words);
		}

		private void accept() {
			try {
				while (true) {
					Socket socket = this.listener.accept();
					this.sockets.add(socket);
					start(() -> echo(socket));
				}
			}
			catch (IOException ex) {
				// closed
			}
		}

		private void echo(Socket socket) {
			try (socket) {
				byte[] buffer = new byte[1 << 16];
				int count = socket.getInputStream().read(buffer);
				while (count >= 0) {
					this.heard.addAndGet(count);
					socket.getOutputStream().write(buffer, 0, count);
					count = socket.getInputStream().read(buffer);
				}
			}
			catch (IOException ex) {
				// the client has gone
			}
		}

		/**
		 * Wait for a thread: one that accepts keeps a closed listener open until it has
		 * noticed.
		 */
		private static void join(Thread thread) throws InterruptedIOException {
			try {
				thread.join();
			}
			catch (InterruptedException ex) {
				throw new InterruptedIOException();
			}
		}

		@Override
		public void close() throws IOException {
			this.listener.close();
			join(this.acceptor);
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}

	}

}
