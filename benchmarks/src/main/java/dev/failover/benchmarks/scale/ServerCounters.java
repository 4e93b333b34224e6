package dev.failover.benchmarks.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.failover.embedded.EmbeddedNode;

/**
 * What a server has done for probes until one moment: statements and logins as its log
 * has them, and the processor time of the sessions of probes as Linux's {@code /proc} has
 * it. PostgreSQL's own statistics do not count statements that touch no table.
 *
 * @param nanos when, on the clock of {@link System#nanoTime()}
 * @param statements statements of probes
 * @param logins logins of probes
 * @param processors time on a processor of each session of a probe, by process, in
 * nanoseconds
 */
record ServerCounters(long nanos, long statements, long logins, Map<Integer, Long> processors) {

	/** Settings that let the server log what is counted. */
	static final Map<String, String> LOGGING = Map.of("logging_collector", "on", "log_statement", "all",
			"log_connections", "on", "log_line_prefix", "%a|");

	private static final String LOGGED = """
			select count(*) filter (where line like 'failover-probe|%statement: %'),
			       count(*) filter (where line like '%connection authorized:%application_name=failover-probe%')
			from regexp_split_to_table(pg_read_file(pg_current_logfile()), '\\n') line""";

	private static final String PROBES = "select pid from pg_stat_activity where application_name = 'failover-probe'";

	static ServerCounters of(EmbeddedNode node) throws SQLException, IOException {
		try (Connection connection = node.connect(); Statement statement = connection.createStatement()) {
			Map<Integer, Long> nanosOfProbes = new HashMap<>();
			for (int process : probes(statement)) {
				nanosOfProbes.put(process, processorNanos(process));
			}
			try (ResultSet row = statement.executeQuery(LOGGED)) {
				row.next();
				return new ServerCounters(System.nanoTime(), row.getLong(1), row.getLong(2), nanosOfProbes);
			}
		}
	}

	private static List<Integer> probes(Statement statement) throws SQLException {
		List<Integer> all = new ArrayList<>();
		try (ResultSet rows = statement.executeQuery(PROBES)) {
			while (rows.next()) {
				all.add(rows.getInt(1));
			}
		}
		return all;
	}

	/**
	 * Time on a processor, the first field of {@code /proc/<pid>/schedstat} in the
	 * kernel's documentation of scheduler statistics; 0 where the system does not tell.
	 * The ticks of {@code /proc/<pid>/stat} miss bursts as short as a probe.
	 */
	private static long processorNanos(int process) throws IOException {
		Path stat = Path.of("/proc", Integer.toString(process), "schedstat");
		return Files.isReadable(stat) ? Long.parseLong(Files.readString(stat).split(" ")[0]) : 0;
	}

	/**
	 * What one of so many instances has cost since then.
	 */
	ProbeCost since(ServerCounters earlier, String node, int instances) {
		double seconds = (this.nanos - earlier.nanos) / 1e9;
		double all = seconds * instances;
		return new ProbeCost(node, instances, seconds, (this.statements - earlier.statements) / all,
				this.processors.size() / (double) instances, (this.logins - earlier.logins) / all, cpu(earlier) / all);
	}

	private double cpu(ServerCounters earlier) {
		return this.processors.entrySet()
			.stream()
			.mapToLong((entry) -> entry.getValue() - earlier.processors.getOrDefault(entry.getKey(), entry.getValue()))
			.sum() / 1e9;
	}

}
