package dev.failover.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a link. All state is confined to it, except for what is said
 * otherwise; {@link #execute(Runnable)} gets others in.
 */
final class LinkLoop {

	private static final Logger logger = LoggerFactory.getLogger(LinkLoop.class);

	private static final long REOPEN_NANOS = Duration.ofMillis(50).toNanos();

	private static final int BACKLOG = 200;

	private static final int PORT_ATTEMPTS = 10;

	private final Selector selector;

	private final int port;

	private final Thread thread;

	private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();

	private final Set<LinkConnection> connections = new HashSet<>();

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);

	private LinkFaults faults = LinkFaults.NONE;

	private @Nullable ServerSocketChannel listener;

	private boolean serverIsThere = true;

	private volatile InetSocketAddress target;

	private volatile boolean closing;

	private LinkLoop(Selector selector, String node, int port) {
		this.selector = selector;
		this.port = port;
		this.target = Ports.address(port);
		this.thread = new Thread(this::run, "failover-link-" + node);
		this.thread.setDaemon(true);
	}

	/**
	 * Start a link on a free port. It listens at once, which keeps the port.
	 */
	static LinkLoop start(String node) throws IOException {
		for (int attempt = 1;; attempt++) {
			LinkLoop loop = new LinkLoop(Selector.open(), node, Ports.free());
			try {
				loop.listen();
				loop.thread.start();
				return loop;
			}
			catch (IOException ex) {
				loop.selector.close();
				if (attempt == PORT_ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

	/**
	 * Return the port. Any thread may ask.
	 */
	int port() {
		return this.port;
	}

	/**
	 * Set where the server is. Any thread may.
	 */
	void target(int serverPort) {
		this.target = Ports.address(serverPort);
	}

	/**
	 * Run a task on this thread and wait until it, and what follows from it, is done. Any
	 * thread may call it. Does nothing once the link is closed.
	 */
	void execute(Runnable task) {
		CompletableFuture<Void> done = new CompletableFuture<>();
		this.tasks.add(new Task(task, done));
		this.selector.wakeup();
		while (this.thread.isAlive()) {
			try {
				done.get(100, TimeUnit.MILLISECONDS);
				return;
			}
			catch (TimeoutException ex) {
				// looks whether the thread is still there
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return;
			}
			catch (ExecutionException ex) {
				throw new EmbeddedPostgresException("The link on port " + this.port + " failed", ex.getCause());
			}
		}
	}

	void change(UnaryOperator<LinkFaults> change) {
		this.faults = change.apply(this.faults);
	}

	void serverIsThere(boolean there) {
		this.serverIsThere = there;
	}

	void abortAll() {
		this.connections.forEach(LinkConnection::abort);
	}

	void hurryAll() {
		long now = System.nanoTime();
		this.connections.forEach((connection) -> connection.hurry(now));
	}

	/**
	 * Reset all connections and end the thread. Any thread may call it.
	 */
	void close() {
		this.closing = true;
		this.selector.wakeup();
		try {
			this.thread.join(TimeUnit.SECONDS.toMillis(5));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void run() {
		try (Selector closed = this.selector) {
			long pause = Long.MAX_VALUE;
			while (!this.closing) {
				select(pause);
				for (SelectionKey key : closed.selectedKeys()) {
					react(key);
				}
				closed.selectedKeys().clear();
				List<Task> ran = runTasks();
				pause = advance();
				if (!ran.isEmpty()) {
					// sockets are really closed only by the next selection
					closed.selectNow();
					ran.forEach((task) -> task.done().complete(null));
				}
			}
			abortAll();
			closeListener();
			closed.selectNow();
		}
		catch (IOException | RuntimeException ex) {
			logger.error("The link on port {} has failed", this.port, ex);
		}
	}

	private void select(long pause) throws IOException {
		if (!this.tasks.isEmpty() || pause == 0) {
			this.selector.selectNow();
		}
		else {
			this.selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(pause)));
		}
	}

	private void react(SelectionKey key) {
		if (key.attachment() instanceof LinkConnection connection) {
			connection.react(key, this.buffer, System.nanoTime() + this.faults.oneWayNanos());
		}
		else if (key.isValid() && key.channel() instanceof ServerSocketChannel channel) {
			try {
				accept(channel.accept());
			}
			catch (IOException ex) {
				logger.warn("Could not accept a connection on port {}", this.port, ex);
			}
		}
	}

	private void accept(@Nullable SocketChannel client) throws IOException {
		if (client == null) {
			return;
		}
		if (this.faults.reset() || ThreadLocalRandom.current().nextDouble() < this.faults.drop()) {
			client.setOption(StandardSocketOptions.SO_LINGER, 0);
			client.close();
			return;
		}
		long connectAt = System.nanoTime() + 2 * this.faults.oneWayNanos();
		this.connections.add(new LinkConnection(client, this.selector, connectAt));
	}

	/**
	 * Let the listener and every connection move on.
	 * @return how long the thread may sleep if nothing happens
	 */
	private long advance() throws IOException {
		long pause = reviseListener();
		long now = System.nanoTime();
		for (LinkConnection connection : this.connections) {
			pause = Math.min(pause, connection.advance(this.faults, this.target, now));
		}
		this.connections.removeIf(LinkConnection::isClosed);
		return pause;
	}

	private List<Task> runTasks() {
		List<Task> ran = new ArrayList<>();
		for (Task task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
			task.action().run();
			ran.add(task);
		}
		return ran;
	}

	private long reviseListener() throws IOException {
		if (!this.faults.isOpen(this.serverIsThere)) {
			closeListener();
		}
		else if (this.listener == null) {
			try {
				listen();
			}
			catch (IOException ex) {
				logger.warn("Could not listen on port {} again yet", this.port, ex);
				return REOPEN_NANOS;
			}
		}
		return Long.MAX_VALUE;
	}

	private void listen() throws IOException {
		ServerSocketChannel channel = ServerSocketChannel.open();
		try {
			channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
			channel.configureBlocking(false);
			channel.bind(Ports.address(this.port), BACKLOG);
			channel.register(this.selector, SelectionKey.OP_ACCEPT);
			this.listener = channel;
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
	}

	private void closeListener() throws IOException {
		if (this.listener != null) {
			this.listener.close();
			this.listener = null;
		}
	}

	private record Task(Runnable action, CompletableFuture<Void> done) {

	}

}
