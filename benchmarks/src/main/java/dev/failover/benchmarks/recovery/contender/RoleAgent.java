package dev.failover.benchmarks.recovery.contender;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a proxy the role of a node by HTTP, as the REST interface of Patroni does:
 * {@code /primary} answers 200 on a primary and {@code /any} on a node that answers,
 * otherwise 503. It connects to the node as its clients do.
 */
final class RoleAgent implements AutoCloseable {

	private static final long PERIOD_MILLIS = 50;

	private static final int OK = 200;

	private static final int UNAVAILABLE = 503;

	/** Age of the last answer after which a node counts as silent. */
	private static final long STALE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

	private final String url;

	private final Endpoints endpoints;

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool(RoleAgent::daemon);

	private volatile Answer answer = new Answer(false, System.nanoTime() - STALE_NANOS);

	private @Nullable Connection connection;

	private RoleAgent(String url, Endpoints endpoints) throws IOException {
		this.url = url + "?connectTimeout=1&socketTimeout=1&sslmode=disable&gssEncMode=disable";
		this.endpoints = endpoints;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
	}

	static RoleAgent start(String url, Endpoints endpoints) throws IOException {
		RoleAgent agent = new RoleAgent(url, endpoints);
		agent.server.createContext("/primary", (exchange) -> agent.answer(exchange, true));
		agent.server.createContext("/any", (exchange) -> agent.answer(exchange, false));
		agent.server.setExecutor(agent.threads);
		agent.server.start();
		agent.threads.execute(agent::look);
		return agent;
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	private void answer(HttpExchange exchange, boolean primary) throws IOException {
		Answer seen = this.answer;
		boolean fresh = System.nanoTime() - seen.at() < STALE_NANOS;
		exchange.sendResponseHeaders((fresh && (seen.writable() || !primary)) ? OK : UNAVAILABLE, -1);
		exchange.close();
	}

	private void look() {
		while (!Thread.currentThread().isInterrupted()) {
			try {
				this.answer = new Answer(isWritable(), System.nanoTime());
			}
			catch (SQLException ex) {
				this.connection = null;
			}
			try {
				TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private boolean isWritable() throws SQLException {
		Connection open = this.connection;
		if (open == null) {
			open = DriverManager.getConnection(this.url, this.endpoints.username(), this.endpoints.password());
			this.connection = open;
		}
		try (Statement statement = open.createStatement();
				ResultSet row = statement.executeQuery("select not pg_is_in_recovery()")) {
			return row.next() && row.getBoolean(1);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	private static Thread daemon(Runnable task) {
		Thread thread = new Thread(task, "benchmarks-role-agent");
		thread.setDaemon(true);
		return thread;
	}

	private record Answer(boolean writable, long at) {

	}

}
