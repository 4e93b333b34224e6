package dev.failover.embedded;

import java.io.IOException;
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
 * The event loop of a link: one thread that accepts the connections and moves their bytes
 * to one server, or to several in turn. Methods that are not safe for use by several
 * threads must be called on it, by {@link #execute(Runnable)}.
 */
final class LinkEventLoop {

	private static final Logger logger = LoggerFactory.getLogger(LinkEventLoop.class);

	private static final long LISTEN_RETRY_NANOS = Duration.ofMillis(50).toNanos();

	private static final int BACKLOG = 200;

	private static final int PORT_ATTEMPTS = 10;

	private final Selector selector;

	private final int port;

	private final Thread thread;

	private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();

	private final Set<LinkConnection> connections = new HashSet<>();

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);

	private final LinkTargets targets = new LinkTargets();

	private LinkFaults faults = LinkFaults.NONE;

	private @Nullable ServerSocketChannel listener;

	private boolean serverListens = true;

	private volatile boolean closing;

	private LinkEventLoop(Selector selector, String name, int port) {
		this.selector = selector;
		this.port = port;
		this.thread = new Thread(this::run, "failover-link-" + name);
		this.thread.setDaemon(true);
	}

	/**
	 * Start an event loop that listens on a free port. It listens before the server does,
	 * so that no other process takes the port.
	 * @param name name of the node or service behind it
	 * @return the started event loop
	 */
	static LinkEventLoop start(String name) throws IOException {
		for (int attempt = 1;; attempt++) {
			LinkEventLoop eventLoop = new LinkEventLoop(Selector.open(), name, Ports.free());
			try {
				eventLoop.listen();
				eventLoop.thread.start();
				return eventLoop;
			}
			catch (IOException ex) {
				eventLoop.selector.close();
				if (attempt == PORT_ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

	int port() {
		return this.port;
	}

	/**
	 * Set the servers to which new connections lead. Safe for use by several threads.
	 * @param ports their ports
	 */
	void target(List<Integer> ports) {
		this.targets.replace(ports);
	}

	/**
	 * Run a task on the thread of the event loop and wait until it and its effects on the
	 * connections are complete. Does nothing if the link is closed. Safe for use by
	 * several threads.
	 * @param task the task
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
				// check again whether the thread is alive
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

	void changeFaults(UnaryOperator<LinkFaults> change) {
		this.faults = change.apply(this.faults);
	}

	void serverListens(boolean listens) {
		this.serverListens = listens;
	}

	void resetConnections() {
		this.connections.forEach(LinkConnection::resetBoth);
	}

	/**
	 * Reset the connections to servers to which new connections no longer lead.
	 */
	void resetConnectionsElsewhere() {
		this.connections.stream()
			.filter((connection) -> connection.leadsElsewhere(this.targets))
			.forEach(LinkConnection::resetBoth);
	}

	void releaseDelayed() {
		long now = System.nanoTime();
		this.connections.forEach((connection) -> connection.releaseDelayed(now));
	}

	/**
	 * Reset all connections and end the thread. Safe for use by several threads.
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
		try (Selector open = this.selector) {
			long pause = Long.MAX_VALUE;
			while (!this.closing) {
				select(pause);
				for (SelectionKey key : open.selectedKeys()) {
					handle(key);
				}
				open.selectedKeys().clear();
				List<Task> ran = runTasks();
				pause = advance();
				if (!ran.isEmpty()) {
					// the selector closes the sockets at its next selection
					open.selectNow();
					ran.forEach((task) -> task.done().complete(null));
				}
			}
			resetConnections();
			closeListener();
			open.selectNow();
		}
		catch (IOException | RuntimeException ex) {
			logger.error(
					"The link on port {} failed and no longer passes connections to its embedded PostgreSQL server",
					this.port, ex);
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

	private void handle(SelectionKey key) {
		if (key.attachment() instanceof LinkConnection connection) {
			connection.handle(key, this.buffer, System.nanoTime() + this.faults.oneWayNanos());
		}
		else if (key.isValid() && key.channel() instanceof ServerSocketChannel channel) {
			try {
				accept(channel.accept());
			}
			catch (IOException ex) {
				logger.warn("The link on port {} could not accept a connection", this.port, ex);
			}
		}
	}

	private void accept(@Nullable SocketChannel client) throws IOException {
		if (client == null) {
			return;
		}
		if (this.faults.reset() || ThreadLocalRandom.current().nextDouble() < this.faults.dropShare()) {
			client.setOption(StandardSocketOptions.SO_LINGER, 0);
			client.close();
			return;
		}
		long connectAt = System.nanoTime() + 2 * this.faults.oneWayNanos();
		this.connections.add(new LinkConnection(client, this.selector, connectAt));
	}

	/**
	 * Advance the listener and all connections.
	 * @return the time in nanoseconds after which there is something to do even without
	 * an event
	 */
	private long advance() throws IOException {
		long pause = updateListener();
		long now = System.nanoTime();
		for (LinkConnection connection : this.connections) {
			pause = Math.min(pause, connection.advance(this.faults, this.targets, now));
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

	private long updateListener() throws IOException {
		if (!this.faults.acceptsConnections(this.serverListens)) {
			closeListener();
		}
		else if (this.listener == null) {
			try {
				listen();
			}
			catch (IOException ex) {
				logger.warn("The link could not listen on port {} again: trying again in {} ms", this.port,
						TimeUnit.NANOSECONDS.toMillis(LISTEN_RETRY_NANOS), ex);
				return LISTEN_RETRY_NANOS;
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
