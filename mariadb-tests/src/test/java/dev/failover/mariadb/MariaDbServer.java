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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * One server of MariaDB, with faults and the commands of an operator.
 */
final class MariaDbServer {

	private static final Duration START = Duration.ofMinutes(3);

	private final Installation installation;

	private final Path directory;

	private final int id;

	private final int port;

	private final List<String> options;

	private Process process;

	/**
	 * Creates a server.
	 * @param directory contains its data in the directory {@code data}
	 * @param options options of every start
	 */
	MariaDbServer(Installation installation, Path directory, int id, int port, List<String> options) {
		this.installation = installation;
		this.directory = directory;
		this.id = id;
		this.port = port;
		this.options = List.copyOf(options);
	}

	int port() {
		return this.port;
	}

	/**
	 * Starts the server and waits until it accepts connections.
	 */
	void start(String... more) {
		List<String> all = new ArrayList<>(List.of("--no-defaults", "--basedir=" + this.installation.home(),
				"--lc-messages-dir=" + this.installation.share(), "--datadir=" + this.directory.resolve("data"),
				"--tmpdir=" + this.directory, "--socket=" + this.directory.resolve("socket"),
				"--pid-file=" + this.directory.resolve("pid"), "--log-error=" + this.directory.resolve("log.err"),
				"--port=" + this.port, "--server-id=" + this.id, "--bind-address=127.0.0.1", "--skip-name-resolve",
				"--character-sets-dir=" + this.installation.share().resolve("charsets"), "--performance-schema=OFF",
				"--innodb-buffer-pool-size=32M", "--innodb-log-file-size=16M", "--loose-innodb-use-native-aio=0",
				"--innodb-flush-log-at-trx-commit=2", "--log-bin=binlog", "--log-slave-updates", "--relay-log=relay",
				"--gtid-strict-mode=ON", "--slave-net-timeout=5", "--init-file=" + this.directory.resolve("init.sql")));
		all.addAll(this.options);
		all.addAll(List.of(more));
		try {
			this.process = this.installation.command(all.toArray(String[]::new))
				.redirectErrorStream(true)
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

	String gtidPosition() {
		return query("select @@global.gtid_binlog_pos", String.class).get(0);
	}

	/**
	 * Makes this server a replica of another one.
	 * @param demoted whether it was a primary itself
	 */
	void follow(MariaDbServer source, boolean demoted) {
		execute("change master to master_host='127.0.0.1', master_port=" + source.port
				+ ", master_user='repl', master_password='repl', master_ssl=0, master_connect_retry=1, "
				+ "master_heartbeat_period=1, " + (demoted ? "master_demote_to_slave=1" : "master_use_gtid=slave_pos"),
				"start replica");
	}

	/**
	 * Promotes this replica.
	 */
	void promote() {
		execute("stop replica", "set global read_only=0", "reset replica all");
	}

	/**
	 * Starts the server again as a replica of another one.
	 */
	void rejoin(MariaDbServer source) {
		start("--read-only=1", "--loose-init-rpl-role=SLAVE");
		follow(source, true);
	}

	/**
	 * Hands the lead over to another server, without loss.
	 */
	void switchTo(MariaDbServer next) {
		execute("set global read_only=1", "flush tables with read lock", "unlock tables");
		next.execute("do master_gtid_wait('" + gtidPosition() + "', 20)");
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
