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
 * @param ticks processor time of each session of a probe, by process; in ticks of a
 * hundredth of a second
 */
record ServerCounters(long nanos, long statements, long logins, Map<Integer, Long> ticks) {

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
			Map<Integer, Long> ticks = new HashMap<>();
			for (int process : probes(statement)) {
				ticks.put(process, ticks(process));
			}
			try (ResultSet row = statement.executeQuery(LOGGED)) {
				row.next();
				return new ServerCounters(System.nanoTime(), row.getLong(1), row.getLong(2), ticks);
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
	 * User and system time, fields 14 and 15 of {@code /proc/<pid>/stat} in proc(5).
	 */
	private static long ticks(int process) throws IOException {
		Path stat = Path.of("/proc", Integer.toString(process), "stat");
		if (!Files.isReadable(stat)) {
			return -1;
		}
		String line = Files.readString(stat);
		String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
		return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
	}

	/**
	 * What one of so many instances has cost since then.
	 */
	ProbeCost since(ServerCounters earlier, String node, int instances) {
		double seconds = (this.nanos - earlier.nanos) / 1e9;
		double all = seconds * instances;
		return new ProbeCost(node, instances, seconds, (this.statements - earlier.statements) / all,
				this.ticks.size() / (double) instances, (this.logins - earlier.logins) / all, cpu(earlier) / all);
	}

	private double cpu(ServerCounters earlier) {
		return this.ticks.entrySet()
			.stream()
			.mapToLong((entry) -> entry.getValue() - earlier.ticks.getOrDefault(entry.getKey(), entry.getValue()))
			.sum() / 100.0;
	}

}
