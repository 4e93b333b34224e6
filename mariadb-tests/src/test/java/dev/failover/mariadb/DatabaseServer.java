package dev.failover.mariadb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * One server, with faults and the commands of an operator.
 */
abstract class DatabaseServer {

	private static final Duration START = Duration.ofMinutes(3);

	/** {@code ER_NO_SUCH_THREAD}: the session has ended by itself. */
	private static final int NO_SUCH_THREAD = 1094;

	private final Path directory;

	private final int id;

	private final int port;

	private Process process;

	/**
	 * Creates a server.
	 * @param directory contains its data in the directory {@code data}
	 */
	DatabaseServer(Path directory, int id, int port) {
		this.directory = directory;
		this.id = id;
		this.port = port;
	}

	final Path directory() {
		return this.directory;
	}

	final int id() {
		return this.id;
	}

	final int port() {
		return this.port;
	}

	/**
	 * Returns the command that starts the server.
	 * @param more options of this start
	 */
	abstract ProcessBuilder command(String... more);

	/**
	 * Starts the server and waits until it accepts connections.
	 */
	final void start(String... more) {
		try {
			this.process = command(more).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(this.directory.resolve("out").toFile()))
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		try {
			Awaitility.await().atMost(START).pollInterval(Duration.ofMillis(50)).until(this::answers);
		}
		catch (ConditionTimeoutException ex) {
			throw new IllegalStateException("Server " + this.id + " accepts no connections: " + log(), ex);
		}
	}

	private String log() {
		try {
			List<String> lines = Files.readAllLines(this.directory.resolve("log.err"));
			return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	private boolean answers() {
		if (!this.process.isAlive()) {
			throw new IllegalStateException("Server " + this.id + " has ended: " + log());
		}
		try (Connection connection = connect()) {
			return connection.isValid(5);
		}
		catch (SQLException ex) {
			return false;
		}
	}

	private Connection connect() throws SQLException {
		return DriverManager
			.getConnection("jdbc:mariadb://127.0.0.1:" + this.port + "/?user=admin&password=admin&sslMode=disable");
	}

	/**
	 * Executes statements as administrator, past the application.
	 */
	void execute(String... statements) {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns the only column of all rows.
	 */
	<T> List<T> query(String sql, Class<T> type) {
		try (Connection connection = connect()) {
			return new JdbcTemplate(new SingleConnectionDataSource(connection, true)).queryForList(sql, type);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Locks a table, so that a replica cannot apply writes to it.
	 */
	Lock lock(String table) {
		try {
			Connection connection = connect();
			connection.createStatement().execute("lock tables " + table + " read");
			return new Lock(connection);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Changes the password of the application's user, and ends all of its sessions.
	 */
	final void changePassword(String password) {
		execute("set sql_log_bin=0", "set password for app@'127.0.0.1' = password('" + password + "')");
		for (long session : query("select id from information_schema.processlist where user='app'", Long.class)) {
			try (Connection connection = connect(); Statement statement = connection.createStatement()) {
				statement.execute("kill " + session);
			}
			catch (SQLException ex) {
				if (ex.getErrorCode() != NO_SUCH_THREAD) {
					throw new IllegalStateException(ex);
				}
			}
		}
	}

	/**
	 * Returns what this server has of the log, for comparison with another one.
	 */
	abstract String position();

	/**
	 * Makes this server a replica of another one.
	 * @param demoted whether it was a primary itself
	 */
	abstract void follow(DatabaseServer source, boolean demoted);

	/**
	 * Returns the word for a replica in the statements of this server.
	 */
	abstract String replica();

	/**
	 * Waits until this server has a position of its source.
	 */
	abstract void awaitPosition(String position);

	final void stopReplication() {
		execute("stop " + replica());
	}

	/**
	 * Promotes this replica.
	 */
	final void promote() {
		execute("stop " + replica(), "set global read_only=0", "reset " + replica() + " all");
	}

	/**
	 * Starts the server again as a replica of another one.
	 */
	final void rejoin(DatabaseServer source) {
		start("--read-only=1", "--loose-init-rpl-role=SLAVE");
		follow(source, true);
	}

	/**
	 * Hands the lead over to another server, without loss.
	 */
	final void switchTo(DatabaseServer next) {
		execute("set global read_only=1", "flush tables with read lock", "unlock tables");
		next.awaitPosition(position());
		next.promote();
		follow(next, true);
	}

	/**
	 * Shuts the server down.
	 */
	void shutDown() {
		signal("TERM");
		awaitEnd();
	}

	void kill() {
		this.process.destroyForcibly();
		awaitEnd();
	}

	private void awaitEnd() {
		try {
			if (!this.process.waitFor(60, TimeUnit.SECONDS)) {
				throw new IllegalStateException("Server " + this.id + " does not end");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	void freeze() {
		signal("STOP");
	}

	void thaw() {
		signal("CONT");
	}

	private void signal(String name) {
		try {
			new ProcessBuilder("kill", "-" + name, Long.toString(this.process.pid())).inheritIO().start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Ends the server, whatever state it is in.
	 */
	void end() {
		if (this.process != null) {
			kill();
		}
	}

}
