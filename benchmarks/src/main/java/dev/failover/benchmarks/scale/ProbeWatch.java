package dev.failover.benchmarks.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.failover.benchmarks.scale.ScaleResults.ProbeCost;
import dev.failover.embedded.EmbeddedNode;

/**
 * Watches the work of a server for probes: statements in its log, and the processor time
 * of the probes' sessions in Linux's {@code /proc}. The statistics of PostgreSQL do not
 * count statements that touch no table.
 * <p>
 * The sessions are renewed during the measurement. The work of a session after the last
 * look at it is lost, so looks must be frequent.
 */
final class ProbeWatch implements AutoCloseable {

	/** Settings that make the server log the statements. */
	static final Map<String, String> LOGGING = Map.of("logging_collector", "on", "log_statement", "all",
			"log_line_prefix", "%a|");

	private static final String LOGGED = """
			select count(*) from regexp_split_to_table(pg_read_file(pg_current_logfile()), '\\n') line
			where line like 'failover-probe|%statement: %'""";

	private static final String PROBES = "select pid from pg_stat_activity where application_name = 'failover-probe'";

	private final EmbeddedNode node;

	private final Connection connection;

	private final Map<Integer, Long> before = new HashMap<>();

	private final Map<Integer, Long> last = new HashMap<>();

	private final Set<Integer> alive = new HashSet<>();

	private final long begun;

	private final long statements;

	ProbeWatch(EmbeddedNode node) throws SQLException {
		this.node = node;
		this.connection = node.connect();
		look();
		this.before.putAll(this.last);
		this.statements = statements();
		this.begun = System.nanoTime();
	}

	void look() throws SQLException {
		this.alive.clear();
		try (Statement statement = this.connection.createStatement(); ResultSet rows = statement.executeQuery(PROBES)) {
			while (rows.next()) {
				this.alive.add(rows.getInt(1));
			}
		}
		for (int process : this.alive) {
			this.last.merge(process, processorNanos(process), Math::max);
		}
	}

	/**
	 * Returns the time on a processor, which is the first field of
	 * {@code /proc/<pid>/schedstat} (scheduler statistics in the kernel's documentation);
	 * 0 if the system does not tell, or if the session has just ended. The ticks of
	 * {@code /proc/<pid>/stat} miss bursts as short as a probe.
	 */
	private static long processorNanos(int process) {
		try {
			String stat = Files.readString(Path.of("/proc", Integer.toString(process), "schedstat"));
			return Long.parseLong(stat.split(" ")[0]);
		}
		catch (IOException ex) {
			return 0;
		}
	}

	private long statements() throws SQLException {
		try (Statement statement = this.connection.createStatement(); ResultSet row = statement.executeQuery(LOGGED)) {
			row.next();
			return row.getLong(1);
		}
	}

	/**
	 * Returns the cost of each of so many instances since the watch began.
	 */
	ProbeCost cost(int instances) throws SQLException {
		double seconds = (System.nanoTime() - this.begun) / 1e9;
		double all = seconds * instances;
		long nanos = this.last.entrySet()
			.stream()
			.mapToLong((session) -> session.getValue() - this.before.getOrDefault(session.getKey(), 0L))
			.sum();
		long logins = this.last.keySet().stream().filter((session) -> !this.before.containsKey(session)).count();
		return new ProbeCost(this.node.name(), instances, seconds, (statements() - this.statements) / all,
				this.alive.size() / (double) instances, logins / all, nanos / 1e9 / all);
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

}
