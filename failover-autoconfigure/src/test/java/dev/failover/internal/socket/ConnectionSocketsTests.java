package dev.failover.internal.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ConnectionSockets}.
 */
final class ConnectionSocketsTests {

	private static final int MORE_THAN_ALL_BUFFERS = 32 << 20;

	private final ConnectionSockets sockets = new ConnectionSockets();

	private final ServerSocket listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());

	private final List<Runnable> work = new ArrayList<>();

	ConnectionSocketsTests() throws IOException {
	}

	@AfterEach
	void close() throws IOException {
		this.listener.close();
	}

	@Test
	void releasesAThreadThatReads() throws Exception {
		Socket socket = connect();
		assertThatIsReleased(() -> socket.getInputStream().read());
	}

	@Test
	void releasesAThreadThatWritesAndDiscardsWhatWasNotSent() throws Exception {
		Socket socket = connect();
		try (Socket frozen = this.listener.accept()) {
			assertThatIsReleased(() -> socket.getOutputStream().write(new byte[MORE_THAN_ALL_BUFFERS]));
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> frozen.getInputStream().readAllBytes())
				.withMessageContaining("reset");
		}
	}

	private void assertThatIsReleased(Io io) throws Exception {
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		CompletableFuture<Void> released = CompletableFuture.runAsync(() -> {
			thread.complete(Thread.currentThread());
			try {
				io.run();
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		});
		await().until(() -> isBlocked(thread.get()));
		this.sockets.close(this.work::add);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> released.get(10, TimeUnit.SECONDS))
			.havingRootCause()
			.isInstanceOf(SocketException.class);
		assertThat(this.work).isEmpty();
	}

	private static boolean isBlocked(Thread thread) {
		StackTraceElement[] stack = thread.getStackTrace();
		return stack.length > 0 && stack[0].isNativeMethod() && stack[0].getClassName().startsWith("sun.nio.ch");
	}

	@Test
	void aSocketThatIsAddedLaterIsClosed() throws Exception {
		this.sockets.close(this.work::add);
		Socket late = new Socket();
		assertThatExceptionOfType(SocketException.class).isThrownBy(() -> this.sockets.add(late));
		assertThat(late.isClosed()).isTrue();
	}

	@Test
	void aSocketOfAnotherClassIsClosedByTheExecutorBecauseItsCloseMayBlock() throws Exception {
		Socket other = this.sockets.add(new Socket() {
		});
		this.sockets.close(this.work::add);
		assertThat(other.isClosed()).isFalse();
		this.work.forEach(Runnable::run);
		assertThat(other.isClosed()).isTrue();
	}

	@Test
	void isFoundByItsKey() throws Exception {
		assertThat(ConnectionSockets.find(this.sockets.key())).isSameAs(this.sockets);
		assertThat(ConnectionSockets.find(null)).isNotSameAs(this.sockets);
		assertThat(ConnectionSockets.find("unknown")).isNotSameAs(this.sockets);
	}

	private Socket connect() throws IOException {
		Socket socket = this.sockets.add(new Socket());
		socket.connect(this.listener.getLocalSocketAddress());
		return socket;
	}

	/**
	 * Blocking use of a socket.
	 */
	@FunctionalInterface
	private interface Io {

		void run() throws IOException;

	}

}
