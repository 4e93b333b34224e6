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
 * Asks a server, directly and under a hard deadline. Safe for use by several threads.
 */
final class Lookout implements AutoCloseable {

	private static final int ANSWER_SECONDS = 5;

	private final Server server;

	private final Superuser superuser;

	private final String standby;

	private final ExecutorService executor = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "failover-embedded-lookout");
		thread.setDaemon(true);
		return thread;
	});

	private @Nullable Connection kept;

	/**
	 * Create a lookout to a server.
	 * @param server the server
	 * @param superuser as whom to connect
	 * @param standby name of the other node
	 */
	Lookout(Server server, Superuser superuser, String standby) {
		this.server = server;
		this.superuser = superuser;
		this.standby = standby;
	}

	/**
	 * Look once.
	 * @return what the server says, empty if it says nothing within the time
	 */
	Optional<Sight> look(Duration within) {
		Optional<Answer> answer = ask(null, within);
		answer.ifPresent((given) -> close(given.connection()));
		return answer.map(Answer::sight);
	}

	/**
	 * Look, and keep the connection for the next time.
	 * @return what the server says, empty if it says nothing within the time
	 */
	synchronized Optional<Sight> watch(Duration within) {
		Connection open = this.kept;
		Optional<Answer> answer = ask(open, within);
		if (open != null && answer.filter((given) -> given.connection() == open).isEmpty()) {
			abort(open);
		}
		this.kept = answer.map(Answer::connection).orElse(null);
		return answer.map(Answer::sight);
	}

	private Optional<Answer> ask(@Nullable Connection open, Duration within) {
		if (!this.server.isRunning()) {
			return Optional.empty();
		}
		CompletableFuture<Answer> answer = new CompletableFuture<>();
		this.executor.execute(() -> answer(answer, open));
		try {
			return Optional.of(answer.get(within.toNanos(), TimeUnit.NANOSECONDS));
		}
		catch (TimeoutException | ExecutionException ex) {
			answer.cancel(false);
		}
		catch (InterruptedException ex) {
			answer.cancel(false);
			Thread.currentThread().interrupt();
		}
		return Optional.empty();
	}

	private void answer(CompletableFuture<Answer> answer, @Nullable Connection open) {
		try {
			Answer given = ask(open);
			if (!answer.complete(given)) {
				abort(given.connection());
			}
		}
		catch (SQLException | RuntimeException ex) {
			answer.completeExceptionally(ex);
		}
	}

	/**
	 * Ask on the connection that is open, or on a fresh one if that was closed.
	 */
	private Answer ask(@Nullable Connection open) throws SQLException {
		if (open != null) {
			try {
				return new Answer(open, Sight.of(open, this.standby));
			}
			catch (SQLException ex) {
				abort(open);
			}
		}
		Connection fresh = this.superuser.connect(this.server.port(), ANSWER_SECONDS);
		try {
			return new Answer(fresh, Sight.of(fresh, this.standby));
		}
		catch (SQLException ex) {
			abort(fresh);
			throw ex;
		}
	}

	/**
	 * Give up the connection that is kept.
	 */
	synchronized void forget() {
		if (this.kept != null) {
			abort(this.kept);
		}
		this.kept = null;
	}

	private static void close(Connection connection) {
		try {
			connection.close();
		}
		catch (SQLException ex) {
			// gone anyway
		}
	}

	private static void abort(Connection connection) {
		try {
			connection.abort(Runnable::run);
		}
		catch (SQLException ex) {
			// gone anyway
		}
	}

	@Override
	public void close() {
		forget();
		this.executor.shutdownNow();
	}

	private record Answer(Connection connection, Sight sight) {

	}

}
