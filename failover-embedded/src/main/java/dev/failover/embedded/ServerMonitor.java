package dev.failover.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * Reads the status of a server. Connects to the server directly, not through its link,
 * and enforces a deadline that covers connect, login and query. Safe for use by several
 * threads.
 */
final class ServerMonitor implements AutoCloseable {

	private static final int SOCKET_TIMEOUT_SECONDS = 5;

	private final Server server;

	private final Superuser superuser;

	private final ExecutorService executor = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "failover-embedded-monitor");
		thread.setDaemon(true);
		return thread;
	});

	private @Nullable Connection keptConnection;

	ServerMonitor(Server server, Superuser superuser) {
		this.server = server;
		this.superuser = superuser;
	}

	/**
	 * Read the status on a new connection, which is closed afterwards.
	 * @param timeout the time that the server has to answer
	 * @return the status, empty if the server did not answer in time
	 */
	Optional<ServerStatus> read(Duration timeout) {
		Optional<Reading> reading = read(null, timeout);
		reading.ifPresent((present) -> close(present.connection()));
		return reading.map(Reading::status);
	}

	/**
	 * Read the status on the connection of the previous call, or on a new one if that
	 * does not work, and keep the connection for the next call.
	 * @param timeout the time that the server has to answer
	 * @return the status, empty if the server did not answer in time
	 */
	synchronized Optional<ServerStatus> readAndKeepConnection(Duration timeout) {
		Connection kept = this.keptConnection;
		Optional<Reading> reading = read(kept, timeout);
		if (kept != null && reading.filter((present) -> present.connection() == kept).isEmpty()) {
			abort(kept);
		}
		this.keptConnection = reading.map(Reading::connection).orElse(null);
		return reading.map(Reading::status);
	}

	private Optional<Reading> read(@Nullable Connection kept, Duration timeout) {
		if (!this.server.isRunning()) {
			return Optional.empty();
		}
		CompletableFuture<Reading> future = new CompletableFuture<>();
		this.executor.execute(() -> complete(future, kept));
		try {
			return Optional.of(future.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
		}
		catch (TimeoutException | ExecutionException ex) {
			future.cancel(false);
		}
		catch (InterruptedException ex) {
			future.cancel(false);
			Thread.currentThread().interrupt();
		}
		return Optional.empty();
	}

	private void complete(CompletableFuture<Reading> future, @Nullable Connection kept) {
		try {
			Reading reading = read(kept);
			if (!future.complete(reading)) {
				abort(reading.connection());
			}
		}
		catch (SQLException | RuntimeException ex) {
			future.completeExceptionally(ex);
		}
	}

	private Reading read(@Nullable Connection kept) throws SQLException {
		if (kept != null) {
			try {
				return new Reading(kept, ServerStatus.query(kept));
			}
			catch (SQLException ex) {
				abort(kept);
			}
		}
		Connection connection = this.superuser.connect(this.server.port(), SOCKET_TIMEOUT_SECONDS);
		try {
			return new Reading(connection, ServerStatus.query(connection));
		}
		catch (SQLException ex) {
			abort(connection);
			throw ex;
		}
	}

	/**
	 * Abort the connection that is kept, if there is one.
	 */
	synchronized void releaseConnection() {
		if (this.keptConnection != null) {
			abort(this.keptConnection);
		}
		this.keptConnection = null;
	}

	private static void close(Connection connection) {
		try {
			connection.close();
		}
		catch (SQLException ex) {
			// the connection is already broken
		}
	}

	private static void abort(Connection connection) {
		try {
			connection.abort(Runnable::run);
		}
		catch (SQLException ex) {
			// the connection is already broken
		}
	}

	@Override
	public void close() {
		releaseConnection();
		this.executor.shutdownNow();
	}

	private record Reading(Connection connection, ServerStatus status) {

	}

}
